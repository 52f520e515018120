// `pcall` and `xpcall`: native frames at which errors stop. Everything about unwinding is in
// `Execution/Unwinding.swift`; here the frame only turns what happened into results.
//
//   pcall:   │ – │ f → results …            xpcall:  │ – │ handler │ f → results …

internal import NightjarBase

/// Protected calls (manual §6.1).
enum ProtectedCalls {
  static func pcall(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    switch call.phase {
    case 0:
      try call.checkAny(1)
      try call.vm.protect()
      return .call(at: 1, call.count - 1, then: 1)
    case NativeCall.failedPhase:
      return call.returns(Value(false), call[1])
    default:
      call[0] = Value(true)
      return .results(call.count + 1)
    }
  }

  static func xpcall(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    switch call.phase {
    case 0:
      if !call.follows(.handlerMayBeAnything) {
        if call.follows(.tellsMissingFirst) { try call.checkAny(1) }
        try call.checkFunction(2)
      } else {
        try call.checkAny(2)
      }
      let function = call[1]
      call[1] = call[2]
      call[2] = function
      try call.vm.protect(Frame.Flag.hasHandler)
      return .call(at: 2, call.follows(.handlerTakesArguments) ? call.count - 2 : 0, then: 1)
    case NativeCall.failedPhase:
      return call.returns(Value(false), call[1])
    default:
      call[1] = Value(true)
      return .results(call.count + 1, from: 1)
    }
  }
}
