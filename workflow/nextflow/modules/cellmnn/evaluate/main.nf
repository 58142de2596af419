process CELLMNN_EVALUATE {
  tag "$meta.id"
  label 'process_single'

  // No container: cellmnn is on no channel yet.
  conda "${moduleDir}/environment.yml"

  input:
  tuple val(meta), path(data), path(journals, stageAs: 'runs/*')

  output:
  tuple val(meta), path("*.scores.json"), emit: json
  tuple val(meta), path("*.scores.md"), emit: table
  tuple val("${task.process}"), val('cellmnn'), eval("cellmnn --version|cut -d' ' -f2"), topic: versions, emit: versions

  when:
  task.ext.when == null || task.ext.when

  script:
  def args = task.ext.args ?: ''
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  cellmnn evaluate $data \\
    --journal runs/ \\
    --json ${prefix}.scores.json \\
    --markdown ${prefix}.scores.md \\
    $args \\
    --threads $task.cpus
  """

  stub:
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  touch ${prefix}.scores.json
  touch ${prefix}.scores.md
  """
}
