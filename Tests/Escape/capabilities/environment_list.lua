-- Only what is on the list.
-- grants: environment
-- expect: finished yes false
return os.getenv("SHOWN"), (pcall(os.getenv, "HIDDEN"))
