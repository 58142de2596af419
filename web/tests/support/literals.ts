/** Literals in a source of the page that a reader would see, or might: what is said stands in the table of texts. */
import { parseSync } from 'vite'

interface Node {
  type: string
  start: number
  [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** Symbols that are the same in all languages, and the name of the program. */
const SYMBOLS = /cellmnn|Cell-MNN|MMD²|W1|PC|(?:Re|Im) λ/gu
const WORD = /\p{L}{2}/u
const SENTENCE = /\p{L}[,:]? \p{L}/u
const MARKUP = /^\s*[<#]|^[\w-]+=|="$/
/** Attributes that are read, or that parts of the page show; and those that hold names for programs. */
const READ = /^(title|alt|placeholder|label|caption|sentence|hint|of|aria-(label|valuetext|description|placeholder))$/
const FOR_PROGRAMS = /^(class|id|key|type|role|name|lang|d|viewBox|transform|points|style|accept|kind)$/
/** Functions whose arguments no reader sees. */
const UNSEEN = /^(closest|querySelector|matchMedia|markOnce|warn)$/

/** Of a literal its text, of a template the parts between its values. */
function textOf(node: Node): string | null {
  if (node.type === 'JSXText' || (node.type === 'Literal' && typeof node['value'] === 'string'))
    return node['value'] as string
  if (node.type === 'TemplateElement') return (node['value'] as { cooked: string }).cooked
  return null
}

/** How a literal is judged: what stands between tags or is read is words; elsewhere only a sentence is suspicious. */
type Place = 'read' | 'elsewhere' | 'for programs'

function placeIn(node: Node, place: Place): Place {
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
      return 'read'
    case 'JSXAttribute': {
      const name = String((node['name'] as Node)['name'])
      return READ.test(name)
        ? 'read'
        : FOR_PROGRAMS.test(name) || name.startsWith('aria-')
          ? 'for programs'
          : 'elsewhere'
    }
    case 'BinaryExpression': // what is compared is not shown
      return node['operator'] === '+' ? place : 'for programs'
    case 'TSLiteralType':
    case 'ImportDeclaration':
      return 'for programs'
    case 'CallExpression':
      return UNSEEN.test(nameOf(node['callee'] as Node)) ? 'for programs' : place === 'read' ? 'elsewhere' : place
    case 'ArrowFunctionExpression':
    case 'JSXSpreadAttribute':
    case 'MemberExpression':
      return place === 'read' ? 'elsewhere' : place
    default:
      return place
  }
}

/** Of what is called, or the property of which is. */
const nameOf = (callee: Node): string => String(callee['name'] ?? (callee['property'] as Node | undefined)?.['name'])

/** 'Hello' in line 12, for instance. */
export function literalsIn(name: string, source: string): string[] {
  const found: string[] = []
  const look = (node: Node, outer: Place): void => {
    const text = textOf(node)?.replace(SYMBOLS, '') ?? ''
    if (outer !== 'for programs' && (outer === 'read' ? WORD : SENTENCE).test(text) && !MARKUP.test(text))
      found.push(`${name}:${source.slice(0, node.start).split('\n').length}: ${text.trim()}`)
    const place = placeIn(node, outer)
    for (const value of Object.values(node).flat()) if (isNode(value)) look(value, place)
  }
  look(parseSync(name, source).program as unknown as Node, 'elsewhere')
  return found
}
