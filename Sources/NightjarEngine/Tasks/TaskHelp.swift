// What to do about each error of the task system, and where to read about it.
//
// ORDER: a test looks whether each heading is in the book.

/// Advice on an error.
package struct TaskHelp: Sendable {
  /// What may mend it.
  package let advice: String
  /// Where to read about it: a page of the book and a heading.
  package let link: String

  private init(_ advice: String, _ place: String) {
    self.advice = advice
    link = "docs/book/" + place
  }

  private static let functions = "tasks.md#starting-and-joining"
  private static let scopes = "async/2-first-scope.md#you-cannot-forget-one"
  private static let sections = "async/3-tasks-and-checkpoints.md#saying-it"
  private static let locks =
    "async/3-tasks-and-checkpoints.md#when-a-wait-has-to-stand-in-the-middle"
  private static let errors = "async/4-errors-in-a-tree.md#several-at-once"
  private static let deadlines = "async/5-deadlines-and-cancellation.md#whose-deadline-it-was"
  private static let cancelling = "async/5-deadlines-and-cancellation.md#cancelling-on-purpose"
  private static let cleanup = "async/6-cleanup.md#and-it-has-an-end"
  private static let doubt = "async/6-cleanup.md#in-doubt"
  private static let channels = "async/7-channels.md#a-channel-is-bounded"
  private static let oneself = "async/7-channels.md#sending-to-oneself"
  private static let streams = "async/7-channels.md#streams"

  /// The advice on an error, by its code.
  package static let all: [String: TaskHelp] = [
    "NJ-A001": TaskHelp(
      "run the program with `nightjar run`, or spawn the function as a task",
      scopes
    ),
    "NJ-A002": TaskHelp(
      "spawn while the body of the scope runs, or in a scope that lives longer",
      scopes
    ),
    "NJ-A003": TaskHelp(
      "let a few run at a time with task.map(list, n, f), or raise max_tasks",
      scopes
    ),
    "NJ-A004": TaskHelp(
      "what each function takes is listed there",
      functions
    ),
    "NJ-A011": TaskHelp(
      "wait before or behind task.nosuspend; try_send, try_recv and try_lock do not wait",
      sections
    ),
    "NJ-A012": TaskHelp(
      "call it from a thread that may wait, or with `await`",
      sections
    ),
    "NJ-A013": TaskHelp(
      "note what is to be done there, and have a task do it",
      sections
    ),
    "NJ-A014": TaskHelp(
      "yield before or behind it, or make a stream: task.stream(cap, fn) has a task of its own",
      streams
    ),
    "NJ-A020": TaskHelp(
      "raise the deadline, or give the slow part a task.within of its own",
      deadlines
    ),
    "NJ-A021": TaskHelp(
      "whoever cancels says why: h:cancel(reason); work that must not be torn belongs in task.shield(seconds, f)",
      cancelling
    ),
    "NJ-A022": TaskHelp(
      "join inside pcall where a cancellation is expected; e.reason says why",
      cancelling
    ),
    "NJ-A023": TaskHelp(
      "raise the grace of the scope, or let the host's function heed cancellations",
      cleanup
    ),
    "NJ-A024": TaskHelp(
      "make the cleanup shorter, or raise the grace of the scope",
      cleanup
    ),
    "NJ-A025": TaskHelp(
      "ask the other side whether it happened, or make the call safe to repeat",
      doubt
    ),
    "NJ-A026": TaskHelp(
      "let the calls heed cancellations, or allow more of them to be given up",
      doubt
    ),
    "NJ-A030": TaskHelp(
      "lock in the same order everywhere, and join no task that waits for this one",
      locks
    ),
    "NJ-A031": TaskHelp(
      "close the channel or set the event when its other side ends, or bound the wait with task.within",
      oneself
    ),
    "NJ-A032": TaskHelp(
      "hold a mutex with m:with(f): it lets go however f ends",
      locks
    ),
    "NJ-A033": TaskHelp(
      "let one task own the coroutine, and send values through a channel",
      locks
    ),
    "NJ-A034": TaskHelp(
      "let whoever sends close the channel, when all is sent",
      channels
    ),
    "NJ-A035": TaskHelp(
      "let go once, in the task that took it: m:with(f) does",
      locks
    ),
    "NJ-A040": TaskHelp(
      "each of e.errors is one failure; with on_error = \"collect\" each has its say at join",
      errors
    ),
  ]
}
