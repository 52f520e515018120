// `require` for machines whose host finds the modules. The host's searcher comes before those of the
// libraries; where there are none, because the machine has no files, `require` asks the host alone.

package import NightjarEngine

extension Machine {
  /// `require` itself, whatever scripts have made of the global of that name.
  package var requireFunction: Value { makeNative(PackageLibrary.requiring) }

  /// Puts a searcher of the host's before all others, and opens `require` if it is not there.
  ///
  /// - Parameter searcher: A function that takes a name and answers as those of `package.searchers` do.
  package func addSearcher(_ searcher: Value) {
    var library = field(registry, registryKey("_PACKAGE"))
    if !library.isTable {
      library = newTable()
      setField(registry, registryKey("_PACKAGE"), library)
      setField(registry, registryKey("_LOADED"), loaded)
      addGlobals([PackageLibrary.requiring])
    }
    // A new list, as the old one may be in use by a call of `require` that waits.
    let searchers = newTable()
    let known = field(library, "searchers")
    try? rawSet(searchers, Value(1), searcher)
    for position in stride(from: 1, through: border(of: known), by: 1) {
      let next = Value(Int64(position + 1))
      try? rawSet(searchers, next, rawGet(known, Value(Int64(position))))
    }
    setField(library, "searchers", searchers)
  }
}
