process CELLMNN_EVALUATERUN {
  tag "$meta.id"
  label 'process_single'

  // No container: cellmnn is on no channel yet.
  conda "${moduleDir}/environment.yml"

  input:
  tuple val(meta), path(data), val(run)

  output:
  tuple val(meta), path("*.jsonl"), emit: journal
  tuple val("${task.process}"), val('cellmnn'), eval("cellmnn --version|cut -d' ' -f2"), topic: versions, emit: versions

  when:
  task.ext.when == null || task.ext.when

  script:
  def args = task.ext.args ?: ''
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  cellmnn evaluate $data \\
    --journal ${prefix}.${run}.jsonl \\
    --run $run \\
    --quiet \\
    $args \\
    --threads $task.cpus
  """

  stub:
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  touch ${prefix}.${run}.jsonl
  """
}
