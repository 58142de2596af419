process CELLMNN_NETWORK {
  tag "$meta.id"
  label 'process_medium'

  // No container: cellmnn is on no channel yet.
  conda "${moduleDir}/environment.yml"

  input:
  tuple val(meta), path(data)

  output:
  tuple val(meta), path("*.edges.tsv"), emit: edges
  tuple val("${task.process}"), val('cellmnn'), eval("cellmnn --version|cut -d' ' -f2"), topic: versions, emit: versions

  when:
  task.ext.when == null || task.ext.when

  script:
  def args = task.ext.args ?: ''
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  cellmnn network $data \\
    -o ${prefix}.edges.tsv \\
    $args \\
    --threads $task.cpus
  """

  stub:
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  touch ${prefix}.edges.tsv
  """
}
