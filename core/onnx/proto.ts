// ONNX's protobuf classes, loaded when a graph is first built or read: no command needs them only to start.
import {createRequire} from 'node:module'
import type onnxProto from 'onnx-proto'

type Onnx = typeof onnxProto.onnx

let loaded: Onnx | undefined

/** The classes of `onnx-proto`. */
export function onnx(): Onnx {
  loaded ??= (createRequire(import.meta.url)('onnx-proto') as typeof onnxProto).onnx
  return loaded
}
