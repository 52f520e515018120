// The codes of what can be wrong with the flow of a Fuse program: patterns, paths, changes, owners.

extension DiagnosticCode.Fuse {
  /// A `match` that leaves something out.
  package static let notExhaustive = DiagnosticCode("F0401")
  /// A pattern that earlier ones leave nothing for.
  package static let uselessPattern = DiagnosticCode("F0402")
  /// A pattern that may fail where it must not.
  package static let refutablePattern = DiagnosticCode("F0403")
  /// `in a..b` without constants in order.
  package static let badRangePattern = DiagnosticCode("F0408")
  /// Code that nothing reaches.
  package static let unreachable = DiagnosticCode("F0410")
  /// A function that ends without its result.
  package static let missingResult = DiagnosticCode("F0411")
  /// A pattern that names something else than a constant.
  package static let notAConstant = DiagnosticCode("F0413")
  /// A change through something immutable.
  package static let changeThroughImmutable = DiagnosticCode("F0502")
  /// A variable that may have no value yet.
  package static let uninitialized = DiagnosticCode("F0503")
  /// An immutable argument for a `mut` parameter.
  package static let needsMutablePlace = DiagnosticCode("F0504")
  /// `let mut b = a` of an immutable reference.
  package static let mutableAlias = DiagnosticCode("F0505")
  /// A use of an owner that has been moved.
  package static let usedAfterMove = DiagnosticCode("F0506")
  /// A move that is repeated by a loop.
  package static let movedInLoop = DiagnosticCode("F0507")
  /// A shared value where an owner is wanted.
  package static let sharedBecomesOwned = DiagnosticCode("F0508")
  /// A loan to something that may keep it.
  package static let lentToKeeper = DiagnosticCode("F0509")
  /// A move out of a field, an element, a captured variable.
  package static let moveOutOfPlace = DiagnosticCode("F0510")
  /// A closure that captures an owner.
  package static let capturedOwner = DiagnosticCode("F0511")
  /// A parameter marked `lend` that is kept.
  package static let lentEscapes = DiagnosticCode("F0513")
  /// `own` before the type of plain values.
  package static let ownWithoutEffect = DiagnosticCode("F0514")
  /// `mut` that nothing needs.
  package static let needlessMut = DiagnosticCode("F0515")

  /// The codes of flow, in order.
  package static let flow: [DiagnosticCode] = [
    notExhaustive, uselessPattern, refutablePattern, badRangePattern, unreachable, missingResult,
    notAConstant, changeThroughImmutable, uninitialized, needsMutablePlace, mutableAlias,
    usedAfterMove, movedInLoop, sharedBecomesOwned, lentToKeeper, moveOutOfPlace, capturedOwner,
    lentEscapes, ownWithoutEffect, needlessMut,
  ]
}
