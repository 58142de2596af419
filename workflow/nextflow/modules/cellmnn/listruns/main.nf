process CELLMNN_LISTRUNS {
  tag "$meta.id"
  label 'process_single'

  // No container: cellmnn is on no channel yet.
  conda "${moduleDir}/environment.yml"

  input:
  tuple val(meta), path(data)

  output:
  tuple val(meta), path("*.runs.tsv"), emit: runs
  tuple val("${task.process}"), val('cellmnn'), eval("cellmnn --version|cut -d' ' -f2"), topic: versions, emit: versions

  when:
  task.ext.when == null || task.ext.when

  script:
  def args = task.ext.args ?: ''
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  cellmnn evaluate $data \\
    --list-runs \\
    $args > ${prefix}.runs.tsv
  """

  stub:
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  printf 'run\\n1\\n' > ${prefix}.runs.tsv
  """
}
