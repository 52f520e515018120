// Glue between libFuzzer and the library: the claim, and the ways to change an input.

internal import NightjarFuzzing

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Oracle.checkLuaSource(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ countMax: Int) -> Int

/// Every other change is one of bytes, as libFuzzer makes them.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ start: UnsafeMutablePointer<UInt8>,
  _ count: Int,
  _ countMax: Int,
  _ seed: UInt32
) -> Int {
  MutableInput(start, count, countMax).mutate(orBy: mutateBytes) { input, byteCountMax in
    if seed % 2 == 0 { return nil }
    return Mutation.mutated(source: input, seed: UInt64(seed), byteCountMax: byteCountMax)
  }
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
  Mutation.crossOver(
    UnsafeBufferPointer(start: first, count: firstCount),
    UnsafeBufferPointer(start: second, count: secondCount),
    into: result,
    countMax,
    seed: seed
  )
}
