process CELLMNN_FATES {
  tag "$meta.id"
  label 'process_low'

  // No container: cellmnn is on no channel yet.
  conda "${moduleDir}/environment.yml"

  input:
  tuple val(meta), path(model), path(data)

  output:
  tuple val(meta), path("*.fates.h5ad"), emit: h5ad
  tuple val("${task.process}"), val('cellmnn'), eval("cellmnn --version|cut -d' ' -f2"), topic: versions, emit: versions

  when:
  task.ext.when == null || task.ext.when

  script:
  def args = task.ext.args ?: ''
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  cellmnn fates $model $data \\
    -o ${prefix}.fates.h5ad \\
    $args \\
    --threads $task.cpus
  """

  stub:
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  touch ${prefix}.fates.h5ad
  """
}
