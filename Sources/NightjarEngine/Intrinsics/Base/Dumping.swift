// `string.dump` (manual §6.4): a function as an image, which `load` takes back.

internal import NightjarBase
internal import NightjarBytecode

/// Functions that write code.
enum Dumping {
  static func dump(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try call.checkFunction(1)
    let isStripping = !call.argument(2).isFalsy && call.follows(.dumpStrips)
    guard call[1].tag == .closure, let compiler = call.vm.pointee.compiler else {
      throw call.vm.raise("unable to dump given function", atCallerOf: call)
    }
    let image = call.vm.image(of: call[1].closure.pointee.prototype)
    let bytes = compiler.encode(image, stripping: isStripping)
    call.charge(bytes.count)
    return call.returns(try call.string(bytes))
  }
}
