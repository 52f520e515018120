print(task.select {}) -- here
