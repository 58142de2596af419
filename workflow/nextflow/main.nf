// From counts to a report, as ../Snakefile does it: docs/many-runs.md.
include { CELLMNN_PREPROCESS   } from './modules/cellmnn/preprocess/main'
include { CELLMNN_TRAIN        } from './modules/cellmnn/train/main'
include { CELLMNN_LISTRUNS     } from './modules/cellmnn/listruns/main'
include { CELLMNN_EVALUATERUN  } from './modules/cellmnn/evaluaterun/main'
include { CELLMNN_EVALUATE     } from './modules/cellmnn/evaluate/main'
include { CELLMNN_NETWORK      } from './modules/cellmnn/network/main'
include { CELLMNN_PERTURB      } from './modules/cellmnn/perturb/main'
include { CELLMNN_PERTURBMERGE } from './modules/cellmnn/perturbmerge/main'
include { CELLMNN_FATES        } from './modules/cellmnn/fates/main'
include { CELLMNN_REPORT       } from './modules/cellmnn/report/main'

workflow {
  def names = ['counts', 'results', 'preprocess', 'train', 'evaluate', 'network', 'screen', 'screen_parts', 'fates',
    'threads']
  def missing = names.findAll { name -> !params.containsKey(name) }
  if (missing) {
    error "${missing.join(', ')}: not said; expected -params-file with a copy of workflow/config.yaml"
  }
  if (params.program && params.program != 'cellmnn') {
    error "program is '${params.program}'; expected cellmnn, as it is on the PATH"
  }
  def counts = file(params.counts, checkIfExists: true)

  CELLMNN_PREPROCESS([[id: counts.simpleName], counts])
  ready = CELLMNN_PREPROCESS.out.h5ad

  CELLMNN_TRAIN(ready)
  model = CELLMNN_TRAIN.out.model.join(ready)

  CELLMNN_LISTRUNS(ready)
  runs = CELLMNN_LISTRUNS.out.runs.flatMap { _meta, table -> table.splitCsv(sep: '\t', header: true)*.run }
  CELLMNN_EVALUATERUN(ready.combine(runs))
  CELLMNN_EVALUATE(ready.join(CELLMNN_EVALUATERUN.out.journal.groupTuple(sort: true)))

  if (params.network) {
    CELLMNN_NETWORK(ready)
  }

  if (params.screen) {
    parts = channel.of(1..params.screen_parts).map { part -> "$part/${params.screen_parts}".toString() }
    CELLMNN_PERTURB(model.combine(parts))
    CELLMNN_PERTURBMERGE(CELLMNN_PERTURB.out.answers.groupTuple(sort: true))
  }

  if (params.fates) {
    CELLMNN_FATES(model)
  }
  CELLMNN_REPORT(model)

  channel.topic('versions').unique()
    .collectFile(name: 'versions.yml', storeDir: params.results, sort: true) { process, tool, version ->
      "$process:\n    $tool: $version\n"
    }
}
