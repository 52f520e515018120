// The instruction set. `R` registers of the frame, `K` constants, `U` upvalues, `P` nested functions;
// `d` jumps are relative to the instruction after the jump. Conditional jumps only go forward
// (d >= 0); loops close with `jumpBack`, `forLoop` or `genericForLoop`, where fuel is tested.
// A "K or R" operand is `K[x]` when the named flag is set, else `R[x]`.

/// The operations of the Lua machine, dense from 0 so that dispatch needs no range check.
@frozen @usableFromInline
package enum Opcode: UInt8, CaseIterable, Sendable {
  // Moves
  /// R[a] := R[b]
  case move
  /// R[a] := integer d
  case loadInteger
  /// R[a] := float(d)
  case loadFloat
  /// R[a] := K[d]
  case loadConstant
  /// R[a], …, R[a+b] := nil
  case loadNil
  /// R[a] := true
  case loadTrue
  /// R[a] := false
  case loadFalse
  /// R[a] := false; pc += 1
  case loadFalseSkip
  /// R[a] := U[b]
  case getUpvalue
  /// U[b] := R[a]
  case setUpvalue

  // Tables
  /// R[a] := {} with room for d array elements and b == 0 ? 0 : 1 << (b - 1) hash entries
  case newTable
  /// R[a] := U[b][K[constant16]], hint16; the key is a string of at most 40 bytes
  case getUpvalueField
  /// U[a][K[constant16]] := (c == 1 ? K[b] : R[b]), hint16
  case setUpvalueField
  /// R[a] := R[b][R[c]]
  case getTable
  /// R[a] := R[b][d], integer key 1...Int32.max
  case getInteger
  /// R[a] := R[b][K[constant16]], hint16; the key is a string of at most 40 bytes
  case getField
  /// R[a][R[b]] := (d == 1 ? K[c] : R[c])
  case setTable
  /// R[a][d] := (c == 1 ? K[b] : R[b]), integer key 1...Int32.max
  case setInteger
  /// R[a][K[constant16]] := (c == 1 ? K[b] : R[b]), hint16
  case setField
  /// R[a+1] := R[b]; R[a] := R[b][K[constant16]], hint16 (method lookup)
  case selfField
  /// for i in 1...b: R[a][d + i] := R[a + i]; b == 0 takes the open results up to top
  case setList

  // Arithmetic on registers: R[a] := R[b] op R[c]
  case add, sub, mul, div, mod, pow, idiv
  case band, bor, bxor, shl, shr
  // Arithmetic with a numeric constant: R[a] := R[b] op K[d]; c bit 0: operands stood the other way
  // round in the source (for metamethods of commutative operators)
  case addK, subK, mulK, divK, modK, powK, idivK
  case bandK, borK, bxorK, shlK, shrK
  /// R[a] := R[b] + integer d; c bit 0: operands stood the other way round; c bit 1: the source
  /// subtracted -d
  case addI
  /// R[a] := -R[b]
  case unm
  /// R[a] := ~R[b]
  case bnot
  /// R[a] := not R[b]
  case not
  /// R[a] := #R[b]
  case len
  /// R[a] := R[a] .. … .. R[a+b-1], b >= 2
  case concat

  // Branches
  /// pc += d, d >= 0
  case jump
  /// pc += d, d < 0; charges and tests fuel
  case jumpBack
  /// if R[a] then pc += d
  case jumpIfTrue
  /// if not R[a] then pc += d
  case jumpIfFalse
  /// if R[b] then R[a] := R[b]; pc += d
  case copyJumpIfTrue
  /// if not R[b] then R[a] := R[b]; pc += d
  case copyJumpIfFalse
  // if (R[a] op R[b]) is the outcome the name says then pc += d
  case jumpIfEqual, jumpIfNotEqual
  case jumpIfLess, jumpIfNotLess
  case jumpIfLessEqual, jumpIfNotLessEqual
  // if (R[a] == K[bc]) … then pc += d; any constant
  case jumpIfEqualK, jumpIfNotEqualK
  // if (R[a] op integer signedBC) … then pc += d. For metamethods the immediate was written as an
  // integer; `greater` is the source's `imm < R[a]` or `R[a] > imm`
  case jumpIfLessI, jumpIfNotLessI
  case jumpIfLessEqualI, jumpIfNotLessEqualI
  case jumpIfGreaterI, jumpIfNotGreaterI
  case jumpIfGreaterEqualI, jumpIfNotGreaterEqualI

  // Loops
  /// Prepares the numeric loop with R[a] initial, R[a+1] limit, R[a+2] step; if it does not run,
  /// pc += d (to after the matching forLoop). Else R[a+3] := R[a]
  case forPrepare
  /// Steps R[a]; if the loop goes on, R[a+3] := R[a] and pc += d, d < 0; charges and tests fuel
  case forLoop
  /// Marks R[a+3] to be closed; pc += d (to the matching genericForCall)
  case genericForPrepare
  /// R[a+4], …, R[a+3+c] := R[a](R[a+1], R[a+2]); always followed by its genericForLoop
  case genericForCall
  /// if R[a+4] ~= nil then R[a+2] := R[a+4]; pc += d, d < 0; charges and tests fuel
  case genericForLoop

  // Calls
  /// R[a], …, R[a+c-2] := R[a](R[a+1], …, R[a+b-1]); b == 0: arguments up to top;
  /// c == 0: all results, top set after them
  case call
  /// return R[a](R[a+1], …, R[a+b-1]); b == 0: arguments up to top; c == 1: close upvalues first;
  /// d == own index + 1 (fuel)
  case tailCall
  /// return R[a], …, R[a+b-2]; b == 0: up to top; c == 1: close upvalues and to-be-closed variables
  /// first; d == own index + 1 (fuel)
  case returnMany
  /// return; d == own index + 1 (fuel)
  case returnNone
  /// return R[a]; d == own index + 1 (fuel)
  case returnOne
  /// R[a], …, R[a+c-2] := varargs; c == 0: all of them, top set after them
  case vararg
  /// Moves the function and its a fixed parameters above the variable arguments; first
  /// instruction of every vararg function and of no other
  case varargPrepare
  /// R[a] := closure of P[d]
  case closure
  /// Closes all upvalues and to-be-closed variables at registers >= a
  case close
  /// Marks R[a] to be closed
  case toBeClosed

  /// Runs the hooks of debug.sethook, then the instruction it stands for. Only in a machine's own
  /// copy of the code; the verifier refuses it.
  case trap
}
