// A small typed builder of ONNX graphs over onnx-proto: nodes in order, constants as initializers.
import type onnxProto from 'onnx-proto'
import {onnx} from './proto.ts'
import {needed} from './prune.ts'

type Onnx = typeof onnxProto.onnx

/** Element types that Bancada's graphs use. */
export type Elem = 'float32' | 'float64' | 'int32' | 'int64' | 'uint8' | 'bool' | 'string'

/** A value in the graph: its name, what it holds, and its shape where it is known (`null`: any size). */
export type Tensor = {readonly name: string; readonly elem: Elem; readonly shape?: Shape}
export type Shape = readonly (number | string | null)[]

export type Attr =
  | number
  | string
  | boolean
  | readonly number[]
  | readonly string[]
  | Subgraph
  | Int
/** An attribute that ONNX wants as INT although JavaScript cannot tell 1 from 1.0. */
export type Int = {int: number}
export type Subgraph = {graph: Graph}

// TensorProto.DataType of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const elems: Record<Elem, number> = {
  float32: 1,
  float64: 11,
  int32: 6,
  int64: 7,
  uint8: 2,
  bool: 9,
  string: 8,
}

/** The element type of a number in a proto; undefined for one that Bancada's graphs do not use. */
export const elemOfProto = (type: number | null | undefined): Elem | undefined =>
  (Object.keys(elems) as Elem[]).find(elem => elems[elem] === type)

/** Attributes that the ONNX specification types as FLOAT: an integer value must not become an INT. */
const floatAttrs = new Set([
  'alpha',
  'beta',
  'gamma',
  'epsilon',
  'momentum',
  'default_float',
  'ratio',
  'bias',
  'lambd',
  'values_floats',
  'keys_floats',
  'offset',
  'scale',
  'imputed_value_floats',
  'replaced_value_float',
  'value_float',
  'value_floats',
  'nodes_values',
  'nodes_hitrates',
  'target_weights',
  'class_weights',
  'base_values',
])

/** The element type of an op's result, where it is not that of its first input. */
const resultElem: Record<string, Elem> = {
  Equal: 'bool',
  Greater: 'bool',
  GreaterOrEqual: 'bool',
  Less: 'bool',
  LessOrEqual: 'bool',
  IsNaN: 'bool',
  IsInf: 'bool',
  Not: 'bool',
  And: 'bool',
  Or: 'bool',
  ArgMax: 'int64',
  ArgMin: 'int64',
  Shape: 'int64',
  NonZero: 'int64',
}

export class Graph {
  #nodes: InstanceType<Onnx['NodeProto']>[] = []
  #initializers: InstanceType<Onnx['TensorProto']>[] = []
  #inputs: InstanceType<Onnx['ValueInfoProto']>[] = []
  readonly #outputs: InstanceType<Onnx['ValueInfoProto']>[] = []
  readonly #constants = new Map<string, Tensor>()
  readonly #domains = new Map<string, number>()
  readonly #names: {next: number; taken: Set<string>}

  /** A subgraph shares its parent's counter, so that no name is used twice. */
  constructor(parent?: Graph) {
    this.#names = parent ? parent.#names : {next: 0, taken: new Set()}
  }

  /** A declared input. `shape` may hold a name for a size that varies, such as `rows`. */
  input(name: string, elem: Elem, shape?: Shape): Tensor {
    this.#inputs.push(valueInfo(name, elem, shape))
    this.#names.taken.add(name)
    return {name, elem, shape}
  }

  /** Makes `tensor` an output called `name`. */
  output(name: string, tensor: Tensor, shape = tensor.shape): Tensor {
    const out = tensor.name === name ? tensor : {name, elem: tensor.elem, shape: tensor.shape}
    if (out !== tensor) this.#push('Identity', [tensor.name], [name], {}, '')
    this.#outputs.push(valueInfo(name, tensor.elem, shape))
    return out
  }

  /** One op with one result. `elem` names the result's type where the op decides it. */
  op(type: string, inputs: (Tensor | undefined)[], attrs: Attrs = {}): Tensor {
    return this.ops(type, inputs, 1, attrs)[0]!
  }

  /** One op with several results. */
  ops(type: string, inputs: (Tensor | undefined)[], results: number, attrs: Attrs = {}): Tensor[] {
    const {elem, domain = '', ...rest} = attrs as Attrs & {elem?: Elem; domain?: string}
    const names = Array.from({length: results}, () => this.fresh(type))
    const kind = elem ?? resultElem[type] ?? inputs[type === 'Where' ? 1 : 0]?.elem ?? 'float32'
    this.#push(
      type,
      inputs.map(t => t?.name ?? ''),
      names,
      rest,
      domain,
    )
    return names.map(name => ({name, elem: kind}))
  }

  cast(x: Tensor, to: Elem): Tensor {
    return x.elem === to ? x : this.op('Cast', [x], {to: {int: elems[to]}, elem: to})
  }

  /** A constant; equal small constants are shared. `dims` left out: a scalar, or a vector of `data`'s length. */
  constant(elem: Elem, data: Data, dims?: readonly number[]): Tensor {
    const values = typeof data === 'object' ? data : [data]
    const shape = dims ?? (typeof data === 'object' ? [data.length] : [])
    const key =
      values.length <= 16
        ? `${elem}|${shape}|${JSON.stringify(Array.from(values, String))}`
        : undefined
    const known = key === undefined ? undefined : this.#constants.get(key)
    if (known) return known
    const name = this.fresh('c')
    this.#initializers.push(tensorProto(name, elem, values, shape))
    const made: Tensor = {name, elem, shape}
    if (key !== undefined) this.#constants.set(key, made)
    return made
  }

  /** The finished graph as a proto, for embedding into a parent's attribute. */
  proto(name = 'graph') {
    return onnx().GraphProto.create({
      name,
      node: this.#nodes,
      initializer: this.#initializers,
      input: this.#inputs,
      output: this.#outputs,
    })
  }

  /** The bytes of a complete `.onnx` model. Opset 21, ai.onnx.ml 3, IR 10: read by ONNX Runtime 1.18 and later. */
  bytes({opset = 21, doc = ''}: {opset?: number; doc?: string} = {}): Uint8Array {
    const imports = [{domain: '', version: opset}]
    for (const [domain, version] of this.#domains) if (domain) imports.push({domain, version})
    const model = onnx().ModelProto.create({
      irVersion: 10,
      producerName: 'bancada',
      docString: doc,
      opsetImport: imports,
      graph: this.proto('bancada'),
    })
    return onnx().ModelProto.encode(model).finish()
  }

  /** A name that nothing in the graph has yet. */
  fresh(stem: string): string {
    const name = `${stem}_${this.#names.next++}`
    return this.#names.taken.has(name) ? this.fresh(stem) : name
  }

  /** Takes in the insides of another graph, whose names must be new here: see `inline`. */
  embed({nodes, initializers, imports}: Insides) {
    for (const node of nodes) this.#nodes.push(onnx().NodeProto.create(node))
    for (const tensor of initializers) this.#initializers.push(onnx().TensorProto.create(tensor))
    for (const [domain, version] of imports) this.#import(domain, version)
  }

  /** Drops inputs, nodes and constants that no output needs. Gives the inputs that are left, in order. */
  prune(): string[] {
    const keep = needed(this.proto())
    this.#nodes = this.#nodes.filter(node => node.output.some(name => keep.has(name)))
    this.#initializers = this.#initializers.filter(tensor => keep.has(tensor.name))
    this.#inputs = this.#inputs.filter(input => keep.has(input.name))
    this.#constants.clear()
    return this.#inputs.map(input => input.name)
  }

  #import(domain: string, version = versions[domain] ?? 1) {
    this.#domains.set(domain, Math.max(version, this.#domains.get(domain) ?? 0))
  }

  #push(type: string, input: string[], output: string[], attrs: Attrs, domain: string) {
    const attribute = Object.entries(attrs).flatMap(([name, value]) =>
      value === undefined ? [] : [this.#attribute(name, value as Attr)],
    )
    this.#import(domain)
    this.#nodes.push(
      onnx().NodeProto.create({opType: type, name: output[0]!, input, output, attribute, domain}),
    )
  }

  #attribute(name: string, value: Attr) {
    const T = onnx().AttributeProto.AttributeType
    if (typeof value === 'string') return {name, type: T.STRING, s: utf8(value)}
    if (typeof value === 'boolean') return {name, type: T.INT, i: Number(value)}
    if (typeof value === 'number')
      return Number.isInteger(value) && !floatAttrs.has(name)
        ? {name, type: T.INT, i: value}
        : {name, type: T.FLOAT, f: value}
    if ('int' in value) return {name, type: T.INT, i: value.int}
    if ('graph' in value) {
      // A subgraph's ops may be of a domain that the model must import.
      for (const [domain, version] of value.graph.#domains) this.#import(domain, version)
      return {name, type: T.GRAPH, g: value.graph.proto(name)}
    }
    if (value.length > 0 && typeof value[0] === 'string')
      return {name, type: T.STRINGS, strings: (value as readonly string[]).map(utf8)}
    const numbers = value as readonly number[]
    return numbers.every(Number.isInteger) && !floatAttrs.has(name)
      ? {name, type: T.INTS, ints: [...numbers]}
      : {name, type: T.FLOATS, floats: [...numbers]}
  }
}

/** Nodes and initializers of a decoded model, with the operator sets that they are of. */
export type Insides = {
  nodes: readonly onnxProto.onnx.INodeProto[]
  initializers: readonly onnxProto.onnx.ITensorProto[]
  imports: ReadonlyMap<string, number>
}

export type Attrs = {[name: string]: Attr | Elem | undefined} & {elem?: Elem; domain?: string}
export type Data =
  | number
  | string
  | boolean
  | bigint
  | ArrayLike<number>
  | readonly string[]
  | BigInt64Array

const versions: Record<string, number> = {'ai.onnx.ml': 3, 'com.microsoft': 1}

const utf8 = (s: string) => new TextEncoder().encode(s)

function valueInfo(name: string, elem: Elem, shape: Shape | undefined) {
  const dim = shape?.map(d =>
    typeof d === 'number' ? {dimValue: d} : typeof d === 'string' ? {dimParam: d} : {},
  )
  return onnx().ValueInfoProto.create({
    name,
    type: {tensorType: {elemType: elems[elem], ...(dim ? {shape: {dim}} : {})}},
  })
}

function tensorProto(
  name: string,
  elem: Elem,
  values: ArrayLike<unknown>,
  dims: readonly number[],
) {
  const base = {name, dataType: elems[elem], dims: [...dims]}
  if (elem === 'string')
    return onnx().TensorProto.create({
      ...base,
      stringData: Array.from(values, v => utf8(String(v))),
    })
  const typed = typedArray(elem, values)
  return onnx().TensorProto.create({
    ...base,
    rawData: new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength),
  })
}

function typedArray(elem: Elem, values: ArrayLike<unknown>) {
  const numbers = values as ArrayLike<number>
  switch (elem) {
    case 'float32':
      return values instanceof Float32Array ? values : Float32Array.from(numbers)
    case 'float64':
      return values instanceof Float64Array ? values : Float64Array.from(numbers)
    case 'int32':
      return Int32Array.from(numbers)
    case 'int64':
      return values instanceof BigInt64Array
        ? values
        : BigInt64Array.from(Array.from(values, v => BigInt(v as number)))
    default:
      return Uint8Array.from(values as ArrayLike<number>, Number)
  }
}
