// Maps, sets, lists, queues and heaps. SOURCE: Fuse reference, section 8.
//
// Declarations as the compiler reads them, in the language itself.

extension StandardLibrary {
  static let collections = #"""
    declare module "@fuse:collections"
      struct Map<K, V>
        fn new() -> Map<K, V>
        fn from(entries: (K, V)[]) -> Map<K, V>
        fn len(self) -> number
        fn is_empty(self) -> boolean
        fn contains(self, key: K) -> boolean
        fn get(self, key: K) -> V?
        fn get_or(self, key: K, fallback: V) -> V
        fn set(mut self, key: K, value: V) -> V?
        fn remove(mut self, key: K) -> V?
        fn clear(mut self)
        fn update(mut self, key: K, f: fn(V?) -> V)
        fn keys(self) -> impl Iterator<K>
        fn values(self) -> impl Iterator<V>
        fn iter(self) -> impl Iterator<(K, V)>
      end
      struct Set<T>
        fn new() -> Set<T>
        fn from(items: T[]) -> Set<T>
        fn len(self) -> number
        fn contains(self, item: T) -> boolean
        fn iter(self) -> impl Iterator<T>
        fn add(mut self, item: T) -> boolean
        fn remove(mut self, item: T) -> boolean
        fn clear(mut self)
        fn is_subset(self, other: Set<T>) -> boolean
        fn union_with(self, other: Set<T>) -> Set<T>
        fn intersect(self, other: Set<T>) -> Set<T>
        fn difference(self, other: Set<T>) -> Set<T>
      end
      struct List<T: ?NonNil & ?Shared>
        fn new() -> List<T>
        fn len(self) -> number
        fn get(self, index: number) -> T
        fn set(mut self, index: number, value: T)
        fn push(mut self, value: T)
        fn pop(mut self) -> T
        fn insert(mut self, index: number, value: T)
        fn remove(mut self, index: number) -> T
      end
      struct Deque<T: ?Shared>
        fn new() -> Deque<T>
        fn len(self) -> number
        fn front(self) -> T?
        fn back(self) -> T?
        fn iter(self) -> impl Iterator<T>
        fn push_front(mut self, item: T)
        fn push_back(mut self, item: T)
        fn pop_front(mut self) -> T?
        fn pop_back(mut self) -> T?
      end
      struct Heap<T: Ord>
        fn new() -> Heap<T>
        fn len(self) -> number
        fn push(mut self, item: T)
        fn pop(mut self) -> T?
        fn peek(self) -> T?
      end
      struct WeakMap<K, V>
        fn new() -> WeakMap<K, V>
        fn get(self, key: K) -> V?
        fn set(mut self, key: K, value: V)
        fn remove(mut self, key: K)
      end
    end
    """#
}
