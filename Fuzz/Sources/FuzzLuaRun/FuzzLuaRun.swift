// Glue between libFuzzer and the oracle.

internal import NightjarFuzzing

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Oracle.checkLuaRun(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
