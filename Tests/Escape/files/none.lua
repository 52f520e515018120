-- No files were granted: nothing that opens them is there.
-- expect: finished nil nil nil nil nil nil
return io, dofile, loadfile, require, package, os.remove
