# Words that stand in many places

tenants-subaccount = Subaccount
