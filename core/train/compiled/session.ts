// ONNX Runtime's sessions on a provider, and its errors in our words.
import type {InferenceSession} from 'onnxruntime-node'
import {AppError} from '../../error.ts'
import {says} from '../../words/says.ts'

/** An execution provider of ONNX Runtime that can train; `dml` is DirectML. */
export type Provider = 'cpu' | 'webgpu' | 'cuda' | 'dml'

export type SessionOptions = {
  provider: Provider
  /** Threads of the CPU; left out: as many as there are cores. */
  threads?: number | undefined
  /** WebGPU: results stay on the GPU, to be fed again. */
  resident?: boolean
}

/** Opens a graph. Throws `not-available` where the provider does not start, `out-of-memory` where it is too small. */
export async function openSession(
  bytes: Uint8Array,
  {provider, threads, resident = false}: SessionOptions,
): Promise<InferenceSession> {
  // Read when CUDA's libraries are first loaded. Without it products and convolutions round their factors to
  // 10 bits (TF32) on newer NVIDIA cards: https://docs.nvidia.com/cuda/cublas/#environment-variables
  if (provider === 'cuda') process.env.NVIDIA_TF32_OVERRIDE ??= '0'
  const {InferenceSession} = await import('onnxruntime-node')
  return InferenceSession.create(bytes, {
    executionProviders: [provider],
    // One level more would turn the convolutions with fixed kernels and the pools into blocked ones, and pay
    // for it by reordering what goes in and out: the convolutions that learn stay as they are.
    graphOptimizationLevel: provider === 'cpu' ? 'extended' : 'all',
    // Errors are thrown; what a provider leaves to the CPU is no news.
    logSeverityLevel: 4,
    ...(threads ? {intraOpNumThreads: threads} : {}),
    ...(resident ? {preferredOutputLocation: 'gpu-buffer'} : {}),
  }).catch(cause => {
    throw (
      outOfMemory(cause, provider) ??
      new AppError('not-available', says`${provider} did not start: ${firstLine(cause)}`, {cause})
    )
  })
}

/** Runs a session; an exhausted memory becomes `out-of-memory`, anything else comes through. */
export async function runSession(
  session: InferenceSession,
  provider: Provider,
  feeds: InferenceSession.FeedsType,
): Promise<InferenceSession.ReturnType> {
  return session.run(feeds).catch(cause => {
    throw outOfMemory(cause, provider) ?? cause
  })
}

// How the CPU’s arena, Dawn, CUDA and DirectML say it. Dawn makes a buffer that it has no memory for an invalid
// one and tells the reason on stderr alone; what uses that buffer fails.
const exhausted =
  /failed to allocate memory|bad_alloc|out of memory|Array buffer allocation failed|OutOfMemory|\[Invalid Buffer|CUDA failure 2\b|larger than the maximum (?:buffer|binding) size|exceeds the max (?:buffer|storage)/i

function outOfMemory(cause: unknown, provider: Provider): AppError | undefined {
  if (!exhausted.test(String((cause as Error)?.message))) return undefined
  const where = provider === 'cpu' ? says`memory` : says`the memory of ${provider}`
  return new AppError('out-of-memory', says`the training does not fit into ${where}`, {
    hint: says`lower batchSize, choose a smaller model, or train on fewer rows or columns`,
    cause,
  })
}

/** ONNX Runtime's messages begin with a file and a C++ signature, and end in what went wrong. */
export function firstLine(thrown: unknown): string {
  const text = String((thrown as Error)?.message ?? thrown)
    .split('\n')[0]!
    .trim()
  return /was false\.\s*(.+)$/.exec(text)?.[1] ?? text
}
