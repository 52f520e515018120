// Glue between libFuzzer and the library: the claim, and the ways to change an input.

internal import NightjarFuzzing

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Oracle.checkBinaryChunk(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ countMax: Int) -> Int

/// One change in four is one of bytes, as libFuzzer makes them.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ start: UnsafeMutablePointer<UInt8>,
  _ count: Int,
  _ countMax: Int,
  _ seed: UInt32
) -> Int {
  MutableInput(start, count, countMax).mutate(orBy: mutateBytes) { input, byteCountMax in
    if seed % 4 == 0 { return nil }
    return Mutation.mutated(payload: input, seed: UInt64(seed), byteCountMax: byteCountMax)
  }
}
