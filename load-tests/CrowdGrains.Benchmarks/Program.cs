using BenchmarkDotNet.Running;
using CrowdGrains.Benchmarks.Engine;

if (args is ["engine", .. string[] rungs])
{
    return await EngineRungs.RunAsync(rungs);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
