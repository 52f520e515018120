// The end of a machine's life: pending variables are closed and finalizers run while scripts still can.
// SOURCE: manual §2.5.3, §6.9 (os.exit).

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Gives the main fiber the machine, with nothing on its stack.
  func prepareMainFiber() {
    let fiber = pointee.mainFiber
    pointee.fiber = fiber
    pointee.frame = fiber.pointee.frames
    fiber.pointee.status = .running
    updateStackLimit()
    pointee.top = fiber.pointee.stack + 1
  }

  /// Runs the finalizers of all objects that have one, youngest first.
  func runAllFinalizers() {
    queueAllFinalizers()
    prepareMainFiber()
    pointee.exit = nil
    // The main fiber's base record is below; finalizers end by giving control back to it.
    let slot = pointee.mainFiber.pointee.stack + 1
    slot.pointee = primitive(.finalizers)
    pointee.top = slot + 1
    beginFinalizing()
    drive(
      call(
        slot,
        0,
        info: Frame.info(
          wanted: 0,
          mode: .finishFiber,
          flags: Frame.Flag.catches | Frame.Flag.finalizer
        )
      )
    )
    if pointee.exit == nil { loop() }
    pointee.exit = nil
    endFinalizing()
    pointee.fiber.pointee.noYieldDepth = 0
  }

  /// Closes the pending variables of the main fiber, whatever it is doing.
  fileprivate func closeMainFiber() {
    let main = pointee.mainFiber
    if pointee.fiber != main { switchFiber(to: main) }
    main.pointee.resumer = nil
    main.pointee.noYieldDepth = 0
    pointee.exit = nil
    drive(closeFiber(error: .nil))
    if pointee.exit == nil { loop() }
    pointee.exit = nil
  }
}

extension NativeCall {
  /// Ends the machine from within: pending variables of the main fiber are closed and all
  /// finalizers run.
  ///
  /// The caller ends the process or leaves the machine; no script goes on.
  package func endMachine() {
    vm.closeMainFiber()
    vm.runAllFinalizers()
  }
}
