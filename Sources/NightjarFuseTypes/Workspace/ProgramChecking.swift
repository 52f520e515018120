// A program is checked, and checked again after an edit. All declarations are read each time: that
// takes a small part of the time, and what is said of them (two implementations for one type, say) may
// concern any module. Bodies are looked at again only in modules that an edit can concern:
//
//   edited ──▶ its surface differs? ──▶ the modules that import it, directly or through others
//      │                                (and those of the type, if an implementation came or went)
//      └─ bodies ──▶ what was found differs (a result without annotation)? ──▶ the same
//
// Of all other modules the tables are kept. That is sound because types and declarations keep their
// numbers: see ItemNumbers.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A checked program, with what is needed to check it again.
struct ProgramChecking {
  /// What was said of a module, before the levels of warnings are looked at.
  private struct Findings {
    var bodies: [Diagnostic] = []
    var flow: [Diagnostic] = []
  }

  private(set) var checked: CheckedProgram
  private var numbers: ItemNumbers
  private var states: [FunctionState]
  private var isImplementationNeeded: [Bool]
  private var startedModules: Set<Int32>
  private var findings: [Findings]
  /// How many types there were when all was checked.
  private let typeCount: Int

  /// Checks all of a program.
  init(_ program: FuseProgram) {
    var checker = Checker(program, types: TypeStore(), numbers: ItemNumbers())
    checker.readDeclarations()
    let headers = Self.takeDiagnostics(&checker)
    checker.checkBodies(of: Set(program.modules.indices))
    findings = Self.takeDiagnostics(&checker).map { Findings(bodies: $0) }
    typeCount = checker.types.count
    checked = CheckedProgram(checker)
    numbers = checker.numbers
    states = checker.states
    isImplementationNeeded = checker.isImplementationNeeded
    startedModules = checker.startedModules
    checkFlow(of: Set(program.modules.indices), headers)
    join(headers)
  }

  /// Whether so much was left behind by edits that a new beginning is better.
  var isWorn: Bool { checked.types.count > typeCount * 2 + 10_000 }

  /// The diagnostics of all modules, which are taken away.
  private static func takeDiagnostics(_ checker: inout Checker) -> [[Diagnostic]] {
    checker.results.indices.map { index in
      let found = checker.results[index].diagnostics
      checker.results[index].diagnostics = []
      return found
    }
  }

  // MARK: Again

  /// Checks a program again.
  ///
  /// - Parameters:
  ///   - program: The program as it is now.
  ///   - change: What its reading has found.
  ///   - importers: Gives some modules and all that import them.
  /// - Returns: The modules that were looked at.
  mutating func update(
    _ program: FuseProgram,
    _ change: ProgramReading.Change,
    importers: (Set<Int>) -> Set<Int>
  ) -> Set<Int> {
    var checker = Checker(program, types: checked.types, numbers: numbers)
    checker.readDeclarations()
    let headers = Self.takeDiagnostics(&checker)
    var affected = change.resolved
    for index in program.modules.indices
    where !checked.modules[index].nodesOf.isDisjoint(with: change.edited) {
      affected.insert(index)
    }
    for index in change.edited {
      affected.formUnion(reach(of: index, checker, program, importers))
    }
    affected = affected.filter { !checker.isLibrary(Int32(truncatingIfNeeded: $0)) }
    // What was read of the declarations of modules whose tables are kept, should they be needed.
    var fresh: [Int: CheckedModule] = [:]
    for index in program.modules.indices where !affected.contains(index) {
      fresh[index] = checker.results[index]
      keep(index, in: &checker)
    }
    keepLibrary(in: &checker)
    var pending = affected
    while !pending.isEmpty {
      checker.checkBodies(of: pending)
      var more: Set<Int> = []
      for index in pending where checked.findings(of: index) != checker.findings(of: index) {
        more.formUnion(importers([index]))
      }
      pending = more.subtracting(affected)
      affected.formUnion(pending)
      for index in pending { forget(index, fresh[index], in: &checker) }
    }
    finish(&checker, headers, affected, change)
    return affected
  }

  /// The modules that may see that the declarations of one have changed.
  private func reach(
    of index: Int,
    _ checker: Checker,
    _ program: FuseProgram,
    _ importers: (Set<Int>) -> Set<Int>
  ) -> Set<Int> {
    let before = checked.surface(of: index)
    let now = checker.surface(of: index)
    if before == now { return [index] }
    var origins: Set<Int> = [index]
    for (id, text) in before.implementations where now.implementations[id] != text {
      origins.insert(checked.origin(of: id))
    }
    for (id, text) in now.implementations where before.implementations[id] != text {
      origins.insert(checker.origin(of: id))
    }
    // What concerns types of the library concerns everybody.
    if origins.contains(where: { program.modules[$0].path.hasPrefix("@fuse:") }) {
      return Set(program.modules.indices)
    }
    return importers(origins)
  }

  /// Keeps the tables of a module, and what was found of its functions.
  private func keep(_ index: Int, in checker: inout Checker) {
    checker.results[index] = checked.modules[index]
    checker.results[index].diagnostics = []
    let module = Int32(truncatingIfNeeded: index)
    if startedModules.contains(module) { checker.startedModules.insert(module) }
    for number in checker.functionOrder where checker.functions[number].module == module {
      checker.functions[number].result = checked.functions[number].result
      checker.states[number].progress = states[number].progress
      checker.states[number].isRecursive = states[number].isRecursive
      checker.states[number].isNeeded = states[number].isNeeded
    }
  }

  /// Keeps what is known of the use of the library, which grows only.
  private func keepLibrary(in checker: inout Checker) {
    checker.isImplementationNeeded = isImplementationNeeded
    for number in checker.implementationOrder
    where number < isImplementationNeeded.count
      && !checker.isLibrary(checker.implementations[number].module)
    {
      checker.isImplementationNeeded[number] = false
    }
  }

  /// Lets a module be checked whose tables had been kept.
  private func forget(_ index: Int, _ fresh: CheckedModule?, in checker: inout Checker) {
    guard let fresh else { return }
    let module = Int32(truncatingIfNeeded: index)
    checker.results[index] = fresh
    checker.startedModules.remove(module)
    for number in checker.functionOrder where checker.functions[number].module == module {
      checker.states[number].progress = .none
      checker.states[number].isRecursive = false
      if checker.states[number].needsResult { checker.functions[number].result = TypeStore.none }
    }
  }

  private mutating func finish(
    _ checker: inout Checker,
    _ headers: [[Diagnostic]],
    _ affected: Set<Int>,
    _ change: ProgramReading.Change
  ) {
    for (index, found) in Self.takeDiagnostics(&checker).enumerated() {
      if affected.contains(index) {
        findings[index] = Findings(bodies: found)
      } else {
        findings[index].bodies += found
      }
    }
    checked = CheckedProgram(checker)
    numbers = checker.numbers
    states = checker.states
    isImplementationNeeded = checker.isImplementationNeeded
    startedModules = checker.startedModules
    var flowing = affected
    for (index, module) in checked.modules.enumerated()
    where !module.lendsTo.isDisjoint(with: change.edited) {
      flowing.insert(index)
    }
    checkFlow(of: flowing, headers)
    join(headers)
  }

  // MARK: Results

  private mutating func checkFlow(of modules: Set<Int>, _ headers: [[Diagnostic]]) {
    for index in modules where !checked.program.modules[index].path.hasPrefix("@fuse:") {
      // Of what is in error already no more is said.
      checked.modules[index].diagnostics = headers[index] + findings[index].bodies
      findings[index].flow = checked.checkFlow(index)
    }
  }

  /// Puts together what is wrong with each module; what is said twice is said once.
  private mutating func join(_ headers: [[Diagnostic]]) {
    for (index, found) in findings.enumerated() {
      let all = headers[index] + found.bodies + found.flow
      if all.isEmpty { continue }
      let module = checked.program.modules[index]
      var seen: Set<DiagnosticKey> = []
      var told = all.filter { seen.insert(DiagnosticKey($0)).inserted }
      // The library's own style is no concern of a program; and of a text that cannot be read,
      // warnings would be guesses.
      if module.path.hasPrefix("@fuse:") || module.tree.hasErrors {
        told = told.filter { $0.severity == .error }
      }
      checked.modules[index].diagnostics = DiagnosticLevels(module.tree).applied(to: told)
    }
  }
}

/// What makes a diagnostic the same as another.
private struct DiagnosticKey: Hashable {
  private let span: Span
  private let code: String
  private let message: String

  init(_ diagnostic: Diagnostic) {
    span = diagnostic.span
    code = diagnostic.code.description
    message = diagnostic.message
  }
}

extension CheckedProgram {
  init(_ checker: Checker) {
    self.init(
      program: checker.program,
      types: checker.types,
      nominals: checker.nominals,
      traits: checker.traits,
      implementations: checker.implementations,
      functions: checker.functions,
      modules: checker.results
    )
  }
}

extension DeclaredProgram {
  /// The module without which an implementation concerns nobody: that of its type, or of its trait.
  func origin(of id: ImplementationID) -> Int {
    let implementation = implementations[Int(id.rawValue)]
    if case .nominal(let nominal, _) = types[implementation.type] {
      return Int(nominals[Int(nominal.rawValue)].declaration.module)
    }
    guard let trait = implementation.trait else { return Int(implementation.module) }
    return Int(traits[Int(trait.id.rawValue)].declaration.module)
  }
}
