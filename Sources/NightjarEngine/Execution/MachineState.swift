// The state of one machine (isolate): what the loop, the natives and the collector share. It lives
// behind one pointer, `VM`; its first fields are those the loop touches.
//
// INVARIANT: one owner at a time; nothing in here is locked or counted.
// INVARIANT: `frame`, `top`, `stackLimit` and `frameLimit` belong to the running fiber `fiber`; they are
// saved into and loaded from fiber objects in `Frames/FiberSwitch.swift` alone.

internal import NightjarBase
internal import NightjarBytecode

/// Everything a machine is, but for its heap objects.
struct MachineState {
  /// Fuel left before the loop must look up; see `Quotas/Fuel.swift`.
  ///
  /// Negative asks for attention.
  var fuel: Int64
  /// The youngest frame of the running fiber.
  var frame: FrameRef
  /// End of open results or arguments.
  var top: Slots
  /// Where a frame's registers must end: the stack's end less the room natives may count on.
  ///
  /// Null while a hook watches calls, so that every call takes the slow path.
  var stackLimit: Slots
  /// One past the last frame record that may be pushed.
  var frameLimit: FrameRef
  /// The running fiber.
  var fiber: FiberRef
  /// Interned strings the engine itself needs, by `Metamethod.rawValue`.
  var names: UnsafeMutablePointer<StringRef>
  var heap: Heap

  /// Fuel set aside while `fuel` was driven negative to ask for attention.
  var fuelSetAside: Int64
  /// An interruption was asked for by the host (another thread sets it).
  var interruption: UnsafeMutablePointer<Int32>
  /// While the collector works for `attend`: the end of what it must keep of the running fiber's stack,
  /// where the instruction before knows it.
  var attendedTop: Slots? = nil
  /// Finalizers run; the collector does not meanwhile run others nor obey scripts.
  var isFinalizing = false
  /// They interrupted a hook.
  var finalizersInterruptHook = false
  /// What runs is being killed, for this reason (Quotas/Killing.swift).
  var killMessage: String?
  /// The value of a raised error on its way to a handler.
  var errorValue: Value
  /// The word of watched code that shows its instruction until the next trap (Execution/Hooks.swift).
  var stepped: UnsafeMutablePointer<UInt64>?
  var steppedPrototype: PrototypeRef?
  /// Why the loop is to be left; nil while it runs.
  var exit: Exit?
  /// The collector found the running fiber's stack much too large.
  var wantsSmallerStack = false

  /// Metatables of types without individual ones, by tag; functions share the closures' entry.
  var typeMetatables: InlineArray<12, TableRef?>
  /// The natives behind `NativeCall+Operations`, by `Primitive.rawValue`.
  var primitives: InlineArray<8, NativeRef?>
  var mainFiber: FiberRef
  /// Values the libraries keep (manual §4.3).
  var registry: TableRef
  var globals: TableRef
  /// `package.loaded`.
  var loaded: TableRef

  var limits: Limits
  var random: Xoshiro256
  /// Objects of the host that userdata refer to by id.
  var hostObjects: HostObjects
  /// Reached by `load`; the engine knows no source language.
  var compiler: (any ChunkCompiler)?
  /// The dialect of texts that do not say; `globals` and `loaded` are those of its realm.
  var mainDialect: LuaDialect
  /// The dialect whose libraries are being opened, else the main one.
  var opening: LuaDialect
  /// The realms by dialect, made when first needed.
  var realms: InlineArray<6, Realm>
  /// Whether there are several.
  var isMixed: Bool
  /// Whether `debug` reaches into the state of other functions.
  var hasWholeDebug = true
  /// Opens the libraries of a new realm that the engine does not have itself.
  var openLibraries: (() -> Void)?
  /// What the libraries may use of the world.
  var capabilities: Capabilities
  /// Where warnings go.
  var warnings: WarningState
  /// Whether the machine has begun to end: objects made from now on are not finalized.
  var isEnding = false
  /// How many instructions may pass before the loop looks up (`attend`); 0 for no bound.
  var attentionPeriod: Int64 = 0
  /// What the collector does besides, in tests.
  var hardMode = HardMode()

  /// Values the host holds.
  var handles = HandleTable()
  /// Fibers of the host's calls under way or paused, those that wait for one, and finished ones to be
  /// used again (Host/HostRun.swift).
  var runFibers = List<FiberRef>()
  var waitingFibers = List<FiberRef>()
  var idleFibers = List<FiberRef>()
  /// What is known of the error that ended the host's last call, taken before it unwound.
  var failure: FailureReport?
  /// The task system, once it was opened.
  var tasks: KernelRef? = nil

  /// Why a run ended.
  enum Exit {
    /// The main fiber's function returned: results stand from its stack's first slot.
    case finished(count: Int)
    /// An error reached the fiber's base; its value is in `errorValue`.
    case failed
    /// Fuel ran out; the fiber can go on.
    case outOfFuel
    /// A coroutine the host resumed yielded; its values stand where its frame on top keeps them.
    case yielded(count: Int)
    /// A native asked the host for something; what stands where its frame keeps its values.
    case awaiting
    /// No task can go on.
    case idle
  }
}

/// A machine's state, from inside the engine.
typealias VM = UnsafeMutablePointer<MachineState>
