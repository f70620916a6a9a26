using CrowdGrains.Silo.Commands;

return SiloCommand.Run(args);
