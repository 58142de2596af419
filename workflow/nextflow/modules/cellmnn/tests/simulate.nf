// Cells for the tests of all modules.
process SIMULATE {
  input:
  val meta

  output:
  tuple val(meta), path("cells.h5ad"), emit: cells

  script:
  """
  cellmnn simulate -o cells.h5ad --cells 30 --times 0,1,2,3 --seed 1 --quiet
  """

  stub:
  """
  touch cells.h5ad
  """
}
