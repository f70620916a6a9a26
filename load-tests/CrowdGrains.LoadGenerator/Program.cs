using CrowdGrains.LoadGenerator.Commands;

return await LoadCommand.RunAsync(args);
