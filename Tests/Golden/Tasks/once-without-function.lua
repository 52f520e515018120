local load = task.once("config") -- here
