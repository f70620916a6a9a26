using CrowdGrains.Fuzzer.Commands;

return await FuzzCommand.RunAsync(args);
