// `collectgarbage` (manual §6.1).

internal import NightjarBase

extension BaseLibrary {
  private static let options = [
    "collect", "stop", "restart", "count", "step", "isrunning", "generational", "incremental",
    "setpause", "setstepmul",
  ]
  private static let options55 = [
    "collect", "stop", "restart", "count", "step", "isrunning", "generational", "incremental",
    "param",
  ]

  /// The fuel of the smallest step.
  private static var stepCost: Int { 100 }

  static func collectGarbage(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 1 {
      if !call.rules.hasAttributes { try raiseFinalizerError(call) }
      return call.returns(call[1])
    }
    let options = call.follows(.collectorHasParameters) ? options55 : options
    let option = try call.checkOption(1, default: "collect", options)
    // As in the reference, finalizers cannot use the collector.
    if vm.pointee.isFinalizing { return call.returns(.nil) }
    switch options[option] {
    case "collect":
      vm.collectForScript()
      vm.chargeCollection()
      return finish(&call, Value(0))
    case "stop":
      vm.pointee.heap.isStopped = true
      return call.returns(Value(0))
    case "restart":
      vm.pointee.heap.isStopped = false
      return call.returns(Value(0))
    case "count":
      return call.returns(Value(Double(vm.pointee.heap.byteCount) / 1024))
    case "step":
      let size = try call.optionalInteger(2, default: 0)
      if vm.pointee.heap.isGenerational {
        vm.collectFully()
        vm.chargeCollection()
        return finish(&call, Value(true))
      }
      let byteCount = Swift.max(0, Swift.min(Int(clamping: size), Int.max / 1024)) * 1024
      call.charge(Self.stepCost + Swift.min(byteCount, vm.pointee.heap.byteCount) >> 6)
      let least = call.rules.hasAttributes ? 1024 : 128
      let isDone = vm.collectorStep(byteBudget: byteCount, atLeast: least)
      return finish(&call, Value(isDone))
    case "isrunning":
      return call.returns(Value(!vm.pointee.heap.isStopped))
    case "param": return try parameter(call)
    case "setpause":
      let old = vm.pointee.heap.pausePercent
      vm.pointee.heap.pausePercent = Int(clamping: try call.optionalInteger(2, default: 0))
      return call.returns(Value(old))
    case "setstepmul":
      let old = vm.pointee.heap.stepPercent
      vm.pointee.heap.stepPercent = Int(clamping: try call.optionalInteger(2, default: 0))
      return call.returns(Value(old))
    default:
      let old = vm.pointee.heap.isGenerational ? "generational" : "incremental"
      vm.pointee.heap.isGenerational = options[option] == "generational"
      return call.returns(call.string(old))
    }
  }

  private static let parameters = [
    "minormul", "majorminor", "minormajor", "pause", "stepmul", "stepsize",
  ]

  /// `collectgarbage("param", name, value)` of 5.5: the value so far, and another one from now on.
  private static func parameter(_ call: NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let name = parameters[try call.checkOption(2, parameters)]
    let value = try call.optionalInteger(3, default: -1)
    let old: Int
    switch name {
    case "pause":
      old = vm.pointee.heap.pausePercent
      if value >= 0 { vm.pointee.heap.pausePercent = Int(clamping: value) }
    case "stepmul":
      old = vm.pointee.heap.stepPercent
      if value >= 0 { vm.pointee.heap.stepPercent = Int(clamping: value) }
    default:
      // The collector has no such thing; the number is kept for whoever asks.
      let key = Value(vm.string("_GC \(name)"))
      let kept = vm.rawGet(vm.pointee.registry, key)
      old = kept.isInteger ? Int(kept.integer) : 0
      if value >= 0 { try vm.rawSet(vm.pointee.registry, key, Value(value)) }
    }
    return call.returns(Value(old))
  }

  /// Raises the error of a finalizer that the collection has run.
  private static func raiseFinalizerError(_ call: NativeCall) throws(ScriptError) {
    let key = Value(call.vm.string("_GCERROR"))
    let error = call.vm.rawGet(call.vm.pointee.registry, key)
    if error.isNil { return }
    try call.vm.rawSet(call.vm.pointee.registry, key, .nil)
    if call.follows(.finalizerErrorsAreNamed) {
      let text = error.isString ? error.string.description : "no message"
      throw call.raise("error in __gc metamethod (\(text))")
    }
    throw call.raise(error)
  }

  /// Runs what has become ready to be finalized before returning.
  private static func finish(_ call: inout NativeCall, _ result: Value) -> NativeOutcome {
    let vm = call.vm
    if !vm.mayFinalize { return call.returns(result) }
    call[1] = result
    vm.pointee.top = call.slots + 2
    vm.requestAttention()
    return .again(then: 1)
  }
}
