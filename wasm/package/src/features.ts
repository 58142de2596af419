// The smallest modules that use the feature.
const EXCEPTIONS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11]
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]

const supports = (feature: readonly number[]): boolean => WebAssembly.validate(new Uint8Array(feature))

/** @internal What this browser lacks, if anything. */
export function missingFeature(): string | undefined {
  if (typeof WebAssembly !== 'object') return 'WebAssembly'
  if (!supports(EXCEPTIONS)) return 'WebAssembly exceptions'
  return supports(SIMD) ? undefined : 'WebAssembly SIMD'
}
