process CELLMNN_PERTURBMERGE {
  tag "$meta.id"
  label 'process_single'

  // No container: cellmnn is on no channel yet.
  conda "${moduleDir}/environment.yml"

  input:
  tuple val(meta), path(parts)

  output:
  tuple val(meta), path("*.screen.tsv"), emit: screen
  tuple val("${task.process}"), val('cellmnn'), eval("cellmnn --version|cut -d' ' -f2"), topic: versions, emit: versions

  when:
  task.ext.when == null || task.ext.when

  script:
  def args = task.ext.args ?: ''
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  cellmnn perturb --merge $parts \\
    -o ${prefix}.screen.tsv \\
    $args
  """

  stub:
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  touch ${prefix}.screen.tsv
  """
}
