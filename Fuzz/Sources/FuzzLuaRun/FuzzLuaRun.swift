// Glue between libFuzzer and the library: the claim, and the ways to change an input.

internal import NightjarFuzzing

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Oracle.checkLuaRun(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ countMax: Int) -> Int

/// One change in five is one of bytes, as libFuzzer makes them.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ start: UnsafeMutablePointer<UInt8>,
  _ count: Int,
  _ countMax: Int,
  _ seed: UInt32
) -> Int {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard seed % 5 != 0,
    let changed = Mutation.mutated(source: input, seed: UInt64(seed), byteCountMax: countMax)
  else { return mutateBytes(start, count, countMax) }
  start.update(from: changed, count: changed.count)
  return changed.count
}

/// Pieces of the second program take the place of pieces of the first.
@_cdecl("LLVMFuzzerCustomCrossOver")
func crossOver(
  _ first: UnsafePointer<UInt8>,
  _ firstCount: Int,
  _ second: UnsafePointer<UInt8>,
  _ secondCount: Int,
  _ result: UnsafeMutablePointer<UInt8>,
  _ countMax: Int,
  _ seed: UInt32
) -> Int {
  let source = Array(UnsafeBufferPointer(start: first, count: firstCount))
  let donor = Array(UnsafeBufferPointer(start: second, count: secondCount))
  guard
    let mixed = Mutation.mutated(
      source: source,
      donor: donor,
      seed: UInt64(seed),
      byteCountMax: countMax
    )
  else { return 0 }
  result.update(from: mixed, count: mixed.count)
  return mixed.count
}
