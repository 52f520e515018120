internal import NightjarBase
#if canImport(Glibc)
internal import Glibc
#endif
enum TempLib {
  static func print(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var out: [UInt8] = []
    for n in 1...max(call.count, 1) where n <= call.count {
      if n > 1 { out.append(9) }
      out += call.vm.plainText(of: call[n]).string.buffer
    }
    out.append(10)
    out.withUnsafeBytes { _ = Glibc.write(1, $0.baseAddress!, $0.count) }
    return .results(0)
  }
  static func clock(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome { call.returns(Value(Double(Glibc.clock()) / 1e6)) }
}
extension Machine {
  package func openTemp() {
    try? vm.openBase(); try? vm.openCoroutine(); try? vm.openString(); try? vm.openTable(); try? vm.openMath(); try? vm.openUtf8()
    let p = vm.makeNative(.leaf("print") { NativeCall.enter($0, $1, $2, $3, TempLib.print) })
    setGlobal("print", Value(p))
    setGlobal("clock", Value(vm.makeNative(.leaf("clock") { NativeCall.enter($0, $1, $2, $3, TempLib.clock) })))
  }
}
