/** Whether columns are genes, and no coordinates. */
import { badInput } from '../errors.js'
import { trimmed } from './text.js'

const NAMES_ASKED = 200
const MOST_UNNAMED_DIMS = 60

// Words that begin symbols of gene families and end in numbers and letters: GATA4, Sox2, HOXA13.
const FAMILY = new RegExp(
  '^(GATA|SOX|PAX|HOX[ABCD]|RUNX|FOX[A-R]|STAT|KLF|NOTCH|WNT|FGF|FGFR|BMP|CDX|TBX|NKX|OLIG|NEUROD|NEUROG|' +
    'ASCL|IRF|HES|HEY|MEF2|CEBP|CBX|DKK|DMRT|EMX|LHX|RSPO|NR[0-9][A-Z]|EGR|ETV|ETS|SMAD|TCF|LEF|SIX|DLX|MSX|' +
    'TFAP|KRT|COL[0-9]+A|MMP|IL|CXCL|CXCR|CCL|CCR|TLR|CDK|CDH|ITG[AB]|HNRNP|EIF|EEF|RPL|RPS|MRPL|MRPS|NDUF|' +
    'PSM[A-G]|TUB[ABG]|HSP[AB]|SLC|ZNF|ZFP|TMEM|GM|LOC|PRDM|DNMT|TET|HDAC|KDM|CYP|UGT|ABC[A-G]|MYO|MYH|MYL|' +
    'TNN|POU[0-9]F|ESR|CCN|JAK|MAPK|AKT|BCL|GFI|IKZF|LMO|TAL|FLI|ZEB|SNAI|TWIST|GLI|PTCH|DPPA|NFE|CD)' +
    '\\d+[A-Z]{0,3}\\d{0,3}$',
)
const SYMBOLS = new Set(
  `ACTB GAPDH B2M MALAT1 NEAT1 XIST NANOG POU5F1 MYC MYCN KLF4 TBXT EOMES MIXL1 GSC SRY AMH CTNNB1 MYOD1 MYF5 MYF6 MYOG
  DES VIM NES TUBB3 MAP2 GFAP AFP ALB INS GCG SST PDX1 PTPRC EPCAM PECAM1 KDR TEK MPO ELANE HBB HBA1 EPOR FLT3 UGR PCNA
  MKI67 TOP2A JUN FOS REST ZFPM1 GFI1 SPI1 BRACHYURY TP53`.split(/\s+/),
)
const IDENTIFIER = new RegExp(
  '^(ENS[A-Z]*G\\d{6,}(\\.\\d+)?|FBGN\\d{5,}|WBGENE\\d{5,}|AT[1-5MC]G\\d{5}(\\.\\d+)?|Y[A-P][LR]\\d{3}[WC](-[A-Z])?|' +
    '[NX][MR]_\\d{5,}(\\.\\d+)?|\\d{7}[A-Z]\\d{2}RIK|MT-[A-Z0-9]+)$',
)

/** @internal */
export function looksLikeGene(name: string): boolean {
  const length = new TextEncoder().encode(name).length
  if (length < 2 || length > 40) return false
  const upper = trimmed(name).replace(/[a-z]+/g, (letters) => letters.toUpperCase())
  return SYMBOLS.has(upper) || IDENTIFIER.test(upper) || FAMILY.test(upper)
}

/** @internal Why columns of these names, or of this number, are genes; undefined if nothing says so. */
export function whyGenes(names: readonly string[], columns: number): string | undefined {
  const step = Math.max(1, Math.floor(names.length / NAMES_ASKED))
  const asked = names.filter((_, i) => i % step === 0)
  const genes = asked.filter(looksLikeGene)
  if (names.length >= 3 && 2 * genes.length >= asked.length) return `they have names of genes, such as '${genes[0]}'`
  return columns > MOST_UNNAMED_DIMS ? `there are ${columns}` : undefined
}

/** @internal */
export const genesRefused = (what: string, why: string): Error =>
  badInput(
    `${what} look like expression of genes, not like coordinates (${why}): make principal components first, by ` +
      "'cellmnn preprocess', or say dims if the first ones are coordinates",
  )
