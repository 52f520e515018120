// The codes of what can be wrong with the names of a Fuse program, its modules, and the places of
// words that leave functions and loops.

extension DiagnosticCode.Fuse {
  /// A name that stands for nothing.
  package static let unknownName = DiagnosticCode("F0201")
  /// A global without `global.` before it.
  package static let bareGlobal = DiagnosticCode("F0202")
  /// Two items of one name in a block.
  package static let declaredTwice = DiagnosticCode("F0203")
  /// An import of nothing.
  package static let moduleNotFound = DiagnosticCode("F0204")
  /// Two files that differ only in `-` and `_`.
  package static let ambiguousModule = DiagnosticCode("F0205")
  /// An import of a name that the module does not export.
  package static let missingExport = DiagnosticCode("F0206")
  /// Modules that need one another's values.
  package static let importCycle = DiagnosticCode("F0207")
  /// A module that calls itself part of the standard library.
  package static let reservedNamespace = DiagnosticCode("F0208")
  /// A function called before what it captures has a value.
  package static let usedBeforeInitialization = DiagnosticCode("F0210")
  /// A name that nothing uses.
  package static let unused = DiagnosticCode("F0211")
  /// A namespace where a value should stand.
  package static let namespaceAsValue = DiagnosticCode("F0212")
  /// `.` on a namespace.
  package static let dotOnNamespace = DiagnosticCode("F0213")
  /// An import with an unknown prefix.
  package static let unknownScheme = DiagnosticCode("F0214")
  /// Two exports of one name.
  package static let exportedTwice = DiagnosticCode("F0215")
  /// `export let mut`.
  package static let mutableExport = DiagnosticCode("F0216")
  /// A static function that captures a variable.
  package static let staticCapture = DiagnosticCode("F0217")
  /// A path to an item that is not there.
  package static let missingItem = DiagnosticCode("F0218")
  /// Two declarations of one foreign name.
  package static let conflictingDeclarations = DiagnosticCode("F0219")
  /// Alternatives of a pattern with different variables.
  package static let differentBindings = DiagnosticCode("F0405")
  /// A name twice in a pattern.
  package static let boundTwice = DiagnosticCode("F0407")
  /// `break` or `continue` outside a loop.
  package static let outsideLoop = DiagnosticCode("F0409")
  /// `return e` in a generator.
  package static let generatorResult = DiagnosticCode("F0412")
  /// An assignment to what cannot change.
  package static let assignToImmutable = DiagnosticCode("F0501")
  /// A jump out of `try do`.
  package static let leavesTry = DiagnosticCode("F0604")
  /// `return` or `?` outside a function.
  package static let outsideFunction = DiagnosticCode("F0606")
  /// Two members of one name.
  package static let memberTwice = DiagnosticCode("F0713")
  /// A type parameter without default after one with.
  package static let defaultsLast = DiagnosticCode("F0718")
  /// `await` outside an async context.
  package static let outsideAsync = DiagnosticCode("F0901")
  /// `yield` outside a generator.
  package static let outsideGenerator = DiagnosticCode("F0903")

  /// The codes of names, in order.
  package static let names: [DiagnosticCode] = [
    unknownName, bareGlobal, declaredTwice, moduleNotFound, ambiguousModule, missingExport,
    importCycle, reservedNamespace, usedBeforeInitialization, unused, namespaceAsValue,
    dotOnNamespace, unknownScheme, exportedTwice, mutableExport, staticCapture, missingItem,
    conflictingDeclarations, differentBindings, boundTwice, outsideLoop, generatorResult,
    assignToImmutable, leavesTry, outsideFunction, memberTwice, defaultsLast, outsideAsync,
    outsideGenerator,
  ]
}
