SELECT position, epoch FROM head WHERE one = 1
