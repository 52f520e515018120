// The three streams every program starts with, buffered as terminals and pipes need it.

/// Standard input, output and error.
package struct StandardStreams {
  package let input: BufferedFile
  package let output: BufferedFile
  package let error: BufferedFile

  package init(input: BufferedFile, output: BufferedFile, error: BufferedFile) {
    self.input = input
    self.output = output
    self.error = error
  }
}
