// Puts a finished model into a bigger graph, so that preparation and model ship as one.
import type onnxProto from 'onnx-proto'
import {AppError} from '../error.ts'
import {says} from '../words/says.ts'
import {type Elem, elemOfProto, type Graph, type Tensor} from './graph.ts'
import {onnx} from './proto.ts'

type NodeProto = onnxProto.onnx.INodeProto
type GraphProto = onnxProto.onnx.IGraphProto
type AttributeProto = onnxProto.onnx.IAttributeProto

/** The opset that Bancada's graphs are of: what `Graph.bytes` writes. */
const opset = 21

/**
 * Adds the model in `bytes` to `graph`, fed by `inputs` in the order of the model's own, and gives its
 * outputs by name. Every name inside gets a prefix, so a model can be put in twice.
 * Errors: `wrong-type` where the inputs do not fit, `not-available` for what cannot be put into another
 * graph (local functions, another opset, outputs that are not tensors).
 */
export function inline(
  graph: Graph,
  bytes: Uint8Array,
  inputs: readonly Tensor[],
): Record<string, Tensor> {
  const model = onnx().ModelProto.decode(bytes)
  const inner = model.graph as GraphProto
  const imports = new Map(model.opsetImport.map(o => [o.domain ?? '', Number(o.version)]))
  refuseForeign(imports, model.functions.length)

  const constants = new Set((inner.initializer ?? []).map(tensor => tensor.name))
  const wanted = (inner.input ?? []).filter(input => !constants.has(input.name))
  if (wanted.length !== inputs.length)
    throw new AppError(
      'wrong-type',
      says`the model takes ${wanted.length} inputs, not ${inputs.length}`,
    )

  const given = new Map<string, string>()
  for (const [i, input] of wanted.entries()) {
    const elem = elemOfProto(input.type?.tensorType?.elemType)
    if (elem !== inputs[i]!.elem)
      throw new AppError(
        'wrong-type',
        says`the model's input "${input.name ?? ''}" is ${elem ?? says`no tensor`}, not ${inputs[i]!.elem}`,
      )
    given.set(input.name!, inputs[i]!.name)
  }
  const prefix = graph.fresh('model')
  const rename = (name: string) => (name === '' ? '' : (given.get(name) ?? `${prefix}/${name}`))

  graph.embed({
    nodes: (inner.node ?? []).map(node => renamed(node, rename)),
    initializers: (inner.initializer ?? []).map(t => ({...t, name: rename(t.name!)})),
    imports,
  })
  return Object.fromEntries(
    (inner.output ?? []).map(output => {
      const type = output.type?.tensorType
      const elem: Elem | undefined = elemOfProto(type?.elemType)
      if (!elem)
        throw new AppError(
          'not-available',
          says`the model's output "${output.name ?? ''}" is not a tensor`,
          {
            hint: says`export the model again without ZipMap`,
          },
        )
      const shape = type?.shape?.dim?.map(d => d.dimParam || Number(d.dimValue) || null)
      return [output.name!, {name: rename(output.name!), elem, shape}]
    }),
  )
}

function refuseForeign(imports: Map<string, number>, functions: number) {
  const version = imports.get('') ?? opset
  if (version !== opset)
    throw new AppError('not-available', says`the model is of ONNX opset ${version}, not ${opset}`, {
      hint: says`convert it: onnx.version_converter.convert_version(model, ${opset})`,
    })
  if (functions > 0)
    throw new AppError('not-available', says`the model has functions of its own`, {
      hint: says`inline them first: onnx.inliner.inline_local_functions(model)`,
    })
}

type Rename = (name: string) => string

const renamed = (node: NodeProto, rename: Rename): NodeProto => ({
  ...node,
  name: node.name ? rename(node.name) : '',
  input: (node.input ?? []).map(rename),
  output: (node.output ?? []).map(rename),
  attribute: (node.attribute ?? []).map(attribute => renamedAttribute(attribute, rename)),
})

// ONNX forbids a subgraph to reuse an outer name, so one rule of renaming holds at every depth.
const renamedAttribute = (attribute: AttributeProto, rename: Rename): AttributeProto => ({
  ...attribute,
  ...(attribute.g ? {g: renamedGraph(attribute.g, rename)} : {}),
  ...(attribute.graphs?.length
    ? {graphs: attribute.graphs.map(graph => renamedGraph(graph, rename))}
    : {}),
})

const renamedGraph = (graph: GraphProto, rename: Rename): GraphProto => ({
  ...graph,
  node: (graph.node ?? []).map(node => renamed(node, rename)),
  initializer: (graph.initializer ?? []).map(t => ({...t, name: rename(t.name!)})),
  input: (graph.input ?? []).map(value => ({...value, name: rename(value.name!)})),
  output: (graph.output ?? []).map(value => ({...value, name: rename(value.name!)})),
  valueInfo: (graph.valueInfo ?? []).map(value => ({...value, name: rename(value.name!)})),
})
