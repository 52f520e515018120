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
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard seed % 4 != 0,
    let changed = Mutation.mutated(payload: input, seed: UInt64(seed), byteCountMax: countMax)
  else { return mutateBytes(start, count, countMax) }
  start.update(from: changed, count: changed.count)
  return changed.count
}
