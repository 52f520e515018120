// The files of the system as the compiler of Fuse reads them.

import NightjarFuseTypes
import NightjarLuaLibrary
import NightjarSystem

/// Files by their paths; each folder is listed once.
final class SystemModuleFiles: ModuleFiles {
  private var listings: [String: [String]] = [:]

  func names(in folder: String) -> [String] {
    if let known = listings[folder] { return known }
    let names = FolderListing.names(in: Array(folder.utf8)) ?? []
    let texts = names.compactMap { String(validating: $0, as: UTF8.self) }
    listings[folder] = texts
    return texts
  }

  func read(_ path: String) -> [UInt8]? {
    do throws(SourceFile.Failure) {
      return try SourceFile.read(Array(path.utf8), Console.capabilities)
    } catch {
      return nil
    }
  }
}
