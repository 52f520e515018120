// All that is wrong with a module, whichever phase found it.

package import NightjarDiagnostics
package import NightjarFuseTypes

extension CheckedProgram {
  /// What is wrong with a module, in text order.
  package func diagnostics(ofModule index: Int) -> [Diagnostic] {
    let module = program.modules[index]
    let told = DiagnosticLevels(module.tree).applied(to: module.diagnostics)
    return (told + modules[index].diagnostics).enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }
}
