// The dispatch loop of the optimised build stays free of what would make every instruction slower, and
// the reader of listings finds it when it does not.

import Foundation
import NightjarHotPath
import NightjarInstructionSet
import Testing

@Suite struct HotPathTests {
  #if DEBUG
  private static let isOptimised = false
  #else
  private static let isOptimised = true
  #endif

  /// The object files that this test was linked from.
  private static let objects = URL(filePath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "NightjarEngine.build")

  @Test(
    .enabled(if: isOptimised, "only an optimised loop is worth a look"),
    .enabled(if: HotPath.disassembler != nil, "there is no objdump on the path")
  )
  func theLoopOnlyDispatches() throws {
    let path = try HotPath(objects: Self.objects)
    #expect(path.loop.symbol.contains("loop"), "the loop is \(path.loop.symbol)?")
    for (kind, symbols) in path.loop.runtimeCalls {
      Issue.record("\(kind.rawValue) in the loop: \(Set(symbols).sorted())")
    }
    // Without tail duplication all handlers go through one jump.
    let instructionCount = InstructionSet.instructions.count
    #expect(path.dispatchCount >= instructionCount, "handlers share their jumps")
    // Each spilled local is a load and a store on the way of many instructions.
    #expect(path.stackByteCount > 0)
    #expect(path.stackByteCount <= 128, "more of the loop's variables live on the stack")
    #expect(path.trapCheckCount == 0, "checks that the verifier has made unnecessary")
  }

  private static let gnuListing = """
    loop.o:     file format elf64-x86-64

    0000000000000000 <slow>:
       0:\tcall   5 <slow+0x5>
    \t\t\t1: R_X86_64_PLT32\tmalloc-0x4
       5:\tret

    0000000000000010 <$s14NightjarEngine4loopyyF>:
      10:\tpush   %rbp
      11:\tsub    $0x38,%rsp
      15:\tnotrack jmp *%rax
      18:\tjmp    *0x8(%rax)
      1b:\tjo     38 <$s14NightjarEngine4loopyyF+0x28>
      1d:\tcall   22 <$s14NightjarEngine4loopyyF+0x12>
    \t\t\t1e: R_X86_64_PLT32\tswift_retain-0x4
      22:\tcall   *0x0(%rip)
    \t\t\t24: R_X86_64_GOTPCREL\tswift_beginAccess-0x4
      28:\tcall   2d <$s14NightjarEngine4loopyyF+0x1d>
    \t\t\t29: R_X86_64_PLT32\tslow-0x4
      2d:\tcall   32 <$s14NightjarEngine4loopyyF+0x22>
    \t\t\t2e: R_X86_64_PLT32\t$sSa6appendyyxnF-0x4
      32:\tlea    0x0(%rip),%rax
    \t\t\t35: R_X86_64_PC32\t.rodata-0x4
      38:\tud2
    """

  private static let llvmListing = """
    loop.o:\tfile format mach-o arm64

    0000000000000000 <_$s14NightjarEngine4loopyyF>:
           0:      \tsub\tsp, sp, #96
           4:      \tbr\tx8
           8:      \tb.vs\t0x14 <_$s14NightjarEngine4loopyyF+0x14>
           c:      \tbl\t0xc <_$s14NightjarEngine4loopyyF+0xc>
    \t\t000000000000000c:  ARM64_RELOC_BRANCH26\t_swift_allocObject
          10:      \tblr\tx9
          14:      \tbrk\t#0x1
    """

  @Test func listingsOfGNU() throws {
    let path = try HotPath(listing: Self.gnuListing)
    #expect(path.loop.symbol == "$s14NightjarEngine4loopyyF")
    #expect(path.dispatchCount == 2)
    #expect(path.indirectCallCount == 1)
    #expect(path.trapCheckCount == 1)
    #expect(path.stackByteCount == 64)
    #expect(path.loop.runtimeCalls[.referenceCounting] == ["swift_retain"])
    #expect(path.loop.runtimeCalls[.accessCheck] == ["swift_beginAccess"])
    #expect(path.loop.runtimeCalls[.other] == ["$sSa6appendyyxnF"])
    #expect(path.callees.map(\.symbol) == ["slow"])
    #expect(path.callees[0].runtimeCalls[.allocation] == ["malloc"])
  }

  @Test func listingsOfLLVM() throws {
    let path = try HotPath(listing: Self.llvmListing)
    #expect(path.dispatchCount == 1)
    #expect(path.indirectCallCount == 1)
    #expect(path.trapCheckCount == 1)
    #expect(path.stackByteCount == 96)
    #expect(path.loop.runtimeCalls == [.allocation: ["_swift_allocObject"]])
  }

  @Test func listingsWithoutALoop() {
    #expect(throws: HotPathError.self) { try HotPath(listing: "") }
    #expect(throws: HotPathError.self) { try HotPath(objects: URL(filePath: "/nowhere")) }
  }
}
