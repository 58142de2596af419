/** The module of genes and fates with its worker: a file of its own, which `cellmnn export` may put into the page. */
export { default as wasm } from 'cellmnn/cellmnn_genes.wasm?packed'
export { default as WorkerScript } from 'cellmnn/genes/worker/script?worker&inline'
