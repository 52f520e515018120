task.supervise({ max = 3, within = -1 }, { function() error("again") end }) -- here
