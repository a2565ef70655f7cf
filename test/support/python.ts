// Runs a Python snippet in the environment that `npm run test:interop` makes, with data in and out.
import {spawn, spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {text} from 'node:stream/consumers'
import {fileURLToPath} from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const executable = join(
  root,
  '.venv',
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
)

/** PyTorch is large, so the environment may do without it: see `scripts/interop.mjs`. */
export const hasTorch =
  existsSync(executable) && spawnSync(executable, ['-c', 'import torch']).status === 0

// JSON has no NaN and no infinity, so they travel as text that says so; numpy's arrays become lists.
const prelude = `
import json, math, sys
def _in(v):
    if isinstance(v, dict):
        return float(v["$float"]) if "$float" in v else {k: _in(x) for k, x in v.items()}
    return [_in(x) for x in v] if isinstance(v, list) else v
def _out(v):
    if hasattr(v, "tolist"): v = v.tolist()
    if isinstance(v, float) and not math.isfinite(v): return {"$float": str(v)}
    if isinstance(v, dict): return {str(k): _out(x) for k, x in v.items()}
    return [_out(x) for x in v] if isinstance(v, (list, tuple)) else v
_sent = json.load(sys.stdin)
_names = {"data": _in(_sent["data"])}
exec(compile(_sent["code"], "snippet", "exec"), _names)
json.dump(_out(_names["result"]), sys.stdout)
`

/**
 * Runs `code`, which finds `data` (plain data and typed arrays; arrays become lists) and sets `result`.
 * @throws Error with Python's traceback.
 */
export async function python<T>(code: string, data: unknown = null): Promise<T> {
  if (!existsSync(executable))
    throw new Error(`there is no ${executable}: npm run test:interop makes it`)
  const child = spawn(executable, ['-c', prelude], {stdio: ['pipe', 'pipe', 'pipe']})
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  child.stdin.end(JSON.stringify({code, data}, outgoing))
  const [out, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (status !== 0) throw new Error(`Python ended with ${status}:\n${errors}`)
  return JSON.parse(out, incoming) as T
}

function outgoing(_key: string, value: unknown) {
  if (typeof value === 'number' && !Number.isFinite(value))
    return {$float: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'}
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>)
  return value
}

function incoming(_key: string, value: unknown) {
  if (typeof value !== 'object' || value === null || !('$float' in value)) return value
  return value.$float === 'nan'
    ? Number.NaN
    : value.$float === 'inf'
      ? Number.POSITIVE_INFINITY
      : Number.NEGATIVE_INFINITY
}
