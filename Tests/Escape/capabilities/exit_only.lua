-- A program that may end itself may not run others.
-- grants: exit streams files
-- expect: finished nil nil
return os.execute, io.popen
