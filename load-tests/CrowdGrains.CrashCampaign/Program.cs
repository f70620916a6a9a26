using CrowdGrains.CrashCampaign.Commands;

return await CampaignCommand.RunAsync(args);
