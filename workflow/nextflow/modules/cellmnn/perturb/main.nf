process CELLMNN_PERTURB {
  tag "$meta.id"
  label 'process_low'

  // No container: cellmnn is on no channel yet.
  conda "${moduleDir}/environment.yml"

  input:
  tuple val(meta), path(model), path(data), val(part)

  output:
  tuple val(meta), path("*.jsonl"), emit: answers
  tuple val("${task.process}"), val('cellmnn'), eval("cellmnn --version|cut -d' ' -f2"), topic: versions, emit: versions

  when:
  task.ext.when == null || task.ext.when

  script:
  def args = task.ext.args ?: ''
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  cellmnn perturb $model $data \\
    --screen-part $part \\
    -o ${prefix}.${part.replace('/', '-of-')}.jsonl \\
    $args \\
    --threads $task.cpus
  """

  stub:
  def prefix = task.ext.prefix ?: "${meta.id}"
  """
  touch ${prefix}.${part.replace('/', '-of-')}.jsonl
  """
}
