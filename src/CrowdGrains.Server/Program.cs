using CrowdGrains.Server.Commands;

return CrowdGrainsCommand.Run(args);
