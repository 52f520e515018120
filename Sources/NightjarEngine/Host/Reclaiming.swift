// Memory won back between two runs. Allocations made by the host cannot collect, as it may hold
// references that no root knows; so whoever finds too little memory there asks for this and tries again.

extension Machine {
  /// Collects what nobody reaches, runs the finalizers that are due on the machine's fuel, and collects
  /// what they leave; nothing while a run is under way.
  package func reclaimMemory() {
    if isRunning { return }
    collectGarbage()
    guard vm.pointee.heap.hasPendingFinalizers, vm.fuelLeft > 0,
      var run = try? begin(makeNative(Self.collect))
    else { return }
    defer { end(run) }
    if case .outOfFuel = start(&run) { _ = kill(&run, "the fuel is used up") }
    collectGarbage()
  }

  private static let collect = NativeDefinition.stateMachine("collectgarbage") {
    NativeCall.enter($0, $1, $2, $3, BaseLibrary.collectGarbage)
  }
}
