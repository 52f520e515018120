// Asynchronous tasks. SOURCE: Fuse reference, section 9.6.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let task = #"""
    declare module "@fuse:task"
      fn run<T: ?NonNil>(future: own Future<T>, reactor: impl Reactor? = None) -> T
      async fn sleep(seconds: number)
      async fn checkpoint()
      async fn all<T>(futures: (own Future<T>)[]) -> T[]
      async fn race<T>(futures: (own Future<T>)[]) -> T
      async fn try_all<T, E>(futures: (own Future<Result<T, E>>)[]) -> Result<T[], E>
      async fn timeout<T: ?NonNil>(seconds: number, future: own Future<T>) -> Result<T, TaskError>
      async fn shield<T: ?NonNil>(future: own Future<T>) -> T
      union TaskError Cancelled Timeout Panicked(string) end
      struct Task<T: ?NonNil>
        fn cancel(self)
        fn is_done(self) -> boolean
        async fn join(self) -> Result<T, TaskError>
      end
      struct Scope
        fn spawn<T: ?NonNil>(self, future: own Future<T>) -> Task<T>
        fn cancel(self)
        fn is_cancelled(self) -> boolean
      end
      struct Channel<T: ?Shared>
        fn new(capacity: number = 0) -> Channel<T>
        async fn send(self, item: own T) -> boolean
        async fn receive(self) -> T?
        fn close(self)
      end
      struct Cell<T: ?NonNil> fn new(value: T) -> Cell<T> fn get(self) -> T fn set(self, value: T) end
      struct Permit end
      struct Semaphore fn new(permits: number) -> Semaphore async fn acquire(self) -> own Permit end
      trait Reactor fn now(self) -> number fn wait(mut self, deadline: number?) -> boolean end
    end
    """#
}
