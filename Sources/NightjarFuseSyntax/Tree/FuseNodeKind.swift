// The kinds of nodes and what each keeps in its fields. The tree is flat: `lhs` and `rhs` are
// indices of nodes, of tokens or of places in `FuseTree.extra`.
//
// A *list* is a place in `extra` that holds a count and then as many items: extra[i] = n, items at
// i+1 ... i+n. List 0 is the empty list. `FuseTree.list(_:)` reads one. A *record* is a place in
// `extra` with the named fields in order, each a node, a token or a list.
//
// In a tree without errors every node and token named below is present unless it says "or 0". In a
// broken tree any of them may be a `missing` node or token 0.

/// What a node is.
///
/// | kind | mainToken | detail | lhs | rhs |
/// |---|---|---|---|---|
/// | **Names**, in expressions, types and patterns | | | | |
/// | `name` | the identifier, or `Self` | | 0 | 0 |
/// | `path` (two segments or more, or type arguments) | the last name | | list: `segment`s | 0 |
/// | `segment` | its name, or `Self` | | list: type arguments | 0 |
/// | **Expressions** | | | | |
/// | `missing` | where something was expected | | 0 | 0 |
/// | `nilLiteral` `trueLiteral` `falseLiteral` `number` `string` | the literal | | 0 | 0 |
/// | `interpolation` | STRING_HEAD | | list: `stringPiece`, then in turn `interpolated` and `stringPiece` | 0 |
/// | `stringPiece` | the token | | 0 | 0 |
/// | `interpolated` | its first token | 1 with `:?` | node: expression | 0 |
/// | `selfValue` `globalTable` | the word | | 0 | 0 |
/// | `parenthesized` | `(` | | node | 0 |
/// | `tuple` | `(` | | list: items | 0 |
/// | `array` | `[` | | list: items | 0 |
/// | `table` | `{` | | list: items | 0 |
/// | `structLiteral` | `{` | | node: path | list: items |
/// | `unary` | operator | `FuseUnaryOperator` | node | 0 |
/// | `binary` | operator (`not` of `not in`) | `FuseBinaryOperator` | node | node |
/// | `cast` | `as` | 1 for `as?` | node: value | node: type |
/// | `try` `await` | the word | | node | 0 |
/// | `propagate` (`e?`) | `?` | | node | 0 |
/// | `member` | `.` | | node: object | token: name |
/// | `genericMember` (`.name<T>`) | `.` | | node: object | record: token name, list type arguments |
/// | `tupleMember` (`.1`) | the index | | node: object | 0 |
/// | `index` | `[` | | node: object | node: key |
/// | `call` | `(` | | node: callee | list: items |
/// | `function` | `fn` or `function` | `FuseQualifiers` | record: token name or 0, list type parameters, list parameters, node result type or 0 | node: block or expression, or 0 without body |
/// | `ifExpression` | `if` | | list: `clause`s | node: block after `else`, or 0 |
/// | `clause` | `if` or `elseif` | | node: condition | node: block |
/// | `match` | `match` | | node: scrutinee | list: `arm`s and at most one `elseArm` |
/// | `arm` | `then` | | node: pattern | record: node guard or 0, node block |
/// | `elseArm` | `else` | | node: block | 0 |
/// | `doBlock` | `do` | `FuseQualifiers` | node: block | 0 |
/// | `scopeBlock` | `scope` | | token: name | node: block |
/// | `macroCall` | `!(` | | node: path | list: items |
/// | `quotation` | `quote` | | node: block | 0 |
/// | `splice` `spliceList` | the token | | 0 | 0 |
/// | `spliceExpression` | `$(` | | node | 0 |
/// | **Items** of tuples, arguments, tables, patterns (or a bare node) | | | | |
/// | `namedItem` (`k: v`) | the name or string | | node: value, or 0 in `S { k }` | 0 |
/// | `keyedItem` (`[k]: v`) | `[` | | node: key | node: value |
/// | `spread` (`...e`) | `...` | | node | 0 |
/// | **Statements**; an expression is one too | | | | |
/// | `block` | its first token; if it is empty, the one before | 1 if its value is its last statement's | list: statements | 0 |
/// | `let` | `let` | | node: pattern | record: node type or 0, node value or 0 |
/// | `const` `static` `globalVariable` | the name | 1 for `static mut` | node: type or 0 | node: value or 0 |
/// | `assignment` | operator | `FuseBinaryOperator` or 0 for `=` | node: target | node: value |
/// | `targetTuple` | `(` | | list: targets | 0 |
/// | `targetLet` (`let x` among targets) | the name | 1 for `mut` | node: type or 0 | 0 |
/// | `wildcard` (also a pattern) | `_` | | 0 | 0 |
/// | `whileLoop` | `while` | | node: condition | node: block |
/// | `forLoop` | `for` | 1 for `async` | record: node pattern, node sequence | node: block |
/// | `repeatLoop` | `repeat` | | node: block | node: condition or 0 |
/// | `break` `continue` | the word | | 0 | 0 |
/// | `return` `yield` | the word | | node: value or 0 | 0 |
/// | **Declarations** | | | | |
/// | `parameter` | the name or `self` | `FuseParameterForm` | node: type or 0 | node: default or 0 |
/// | `typeParameter` | the name | | node: bound or 0 | node: default or 0 |
/// | `structDeclaration` | the name | | list: type parameters | list: `field`s, in `declare` also `function`s |
/// | `field` | the name | | node: type | node: default or 0 |
/// | `enumDeclaration` | the name | | 0 | list: `enumVariant`s |
/// | `enumVariant` | the name | | node: value or 0 | 0 |
/// | `unionDeclaration` | the name | | list: type parameters | list: `unionVariant`s |
/// | `unionVariant` | the name | 1 with parentheses | list: types and `namedType`s | 0 |
/// | `traitDeclaration` | the name | | record: list type parameters, node supertraits or 0 | list: `function`s and `const`s |
/// | `implementation` | `impl` | | record: list type parameters, node trait or 0, node type | list: `function`s, `const`s, `static`s |
/// | `typeDeclaration` | the name | | list: type parameters | node: type, or 0 if opaque |
/// | `macroDeclaration` | the name | `FuseMacroForm` | as `function` | node: block |
/// | `importDeclaration` | `import` | `FuseImportForm` | token: name of the namespace, or list: `importName`s | token: path |
/// | `importName` | the name | 1 for `type` | token: new name or 0 | 0 |
/// | `exportNames` | `export` | | list: `importName`s | token: path or 0 |
/// | `exportAll` | `export` | | 0 | token: path |
/// | `declareModule` | `declare` | | token: path | list: members |
/// | `declareGlobal` | `declare` | | 0 | list: members |
/// | `declaredVariable` | the name | 1 for `mut` | node: type | 0 |
/// | `externBlock` | `extern` | | record: token language, token library or 0 | list: `function`s |
/// | `attribute` | the name | | node: path | list: items, types and expressions |
/// | **Types**, and `name`, `path`, `splice` | | | | |
/// | `arrayType` `optionalType` | `[`, `?` | | node | 0 |
/// | `unionType` `intersectionType` | the first `\|`, `&` | | list | 0 |
/// | `parenthesizedType` | `(` | | node | 0 |
/// | `tupleType` | `(` | | list: types and `namedType`s | 0 |
/// | `namedType` (`x: T`) | the name | | node | 0 |
/// | `tableType` | `{` | | list: `tableTypeField`s and `tableTypeIndex`es | 0 |
/// | `tableTypeField` | the name or string | 1 with `?` | node | 0 |
/// | `tableTypeIndex` | `[` | | node: key | node: value |
/// | `functionType` | `fn` or `function` | `FuseQualifiers` | list: `parameterType`s | node: result or 0 |
/// | `parameterType` | the name, or the first token | `FuseParameterForm` | node: type, 0 for `self` | 0 |
/// | `literalType` | the literal | 1 with `-` | 0 | 0 |
/// | `implType` `ownType` | the word | | node | 0 |
/// | `unknownType` `neverType` `unsafeType` `nilType` | the word | | 0 | 0 |
/// | `relaxedBound` (`?NonNil`) | the name | | 0 | 0 |
/// | **Patterns**, and `name`, `path` for a variant or constant, and `wildcard` | | | | |
/// | `binding` | the name | 1 for `mut` | 0 | 0 |
/// | `literalPattern` | the literal | 1 with `-` | 0 | 0 |
/// | `rangePattern` | `in` | | node: first | node: last |
/// | `variantPattern` (`V(p)`) | `(` | | node: path | list: patterns and `namedItem`s |
/// | `tablePattern` | `{` | | node: path or 0 | list: `binding`, `namedItem`, `keyedItem` |
/// | `tuplePattern` | `(` | | list: patterns and `namedItem`s | 0 |
/// | `arrayPattern` | `[` | | list: patterns and `restPattern` | 0 |
/// | `restPattern` | `...` | 1 for `mut` | token: name or 0 | 0 |
/// | `parenthesizedPattern` | `(` | | node | 0 |
/// | `castPattern` | `as` | | node: pattern | node: type |
/// | `andPattern` `orPattern` | the word | | node | node |
@frozen
@usableFromInline
package enum FuseNodeKind: UInt8, Sendable, CaseIterable {
  case missing
  case name, path, segment
  case nilLiteral, trueLiteral, falseLiteral, number, string
  case interpolation, stringPiece, interpolated
  case selfValue, globalTable, parenthesized, tuple, array, table, structLiteral
  case unary, binary, cast, `try`, await, propagate
  case member, genericMember, tupleMember, index, call
  case function, ifExpression, clause, match, arm, elseArm, doBlock, scopeBlock
  case macroCall, quotation, splice, spliceList, spliceExpression
  case namedItem, keyedItem, spread
  case block, `let`, const, `static`, globalVariable
  case assignment, targetTuple, targetLet, wildcard
  case whileLoop, forLoop, repeatLoop, `break`, `continue`, `return`, yield
  case parameter, typeParameter
  case structDeclaration, field, enumDeclaration, enumVariant, unionDeclaration, unionVariant
  case traitDeclaration, implementation, typeDeclaration, macroDeclaration
  case importDeclaration, importName, exportNames, exportAll
  case declareModule, declareGlobal, declaredVariable, externBlock, attribute
  case arrayType, optionalType, unionType, intersectionType, parenthesizedType
  case tupleType, namedType, tableType, tableTypeField, tableTypeIndex
  case functionType, parameterType, literalType, implType, ownType
  case unknownType, neverType, unsafeType, nilType, relaxedBound
  case binding, literalPattern, rangePattern, variantPattern, tablePattern, tuplePattern
  case arrayPattern, restPattern, parenthesizedPattern, castPattern, andPattern, orPattern

  /// Whether a node of this kind has a value: an expression, and not a statement or declaration.
  ///
  /// `function` is one if it has no name.
  @inlinable
  package var isExpression: Bool {
    (rawValue >= FuseNodeKind.nilLiteral.rawValue
      && rawValue <= FuseNodeKind.spliceExpression.rawValue)
      || self == .name || self == .path || self == .missing
  }
}
